import { defineTexts } from '../../i18n';

export const texts = defineTexts({
  en: {
    title: 'Journal',
    filter: 'Search', since: 'From', until: 'To', outcome: 'Outcome', any: 'all', reader: 'Reader', till: 'Till',
    text: 'Text', textHint: 'Of a scan id, a masked code or number, a reason.', search: 'Search', clear: 'Clear',
    found: 'What was found', none: 'Nothing was found.', noneSoFar: 'Nothing found so far; there is more of the journal before this.', more: 'Search further back', end: 'This is the beginning of the journal.',
    time: 'Time', code: 'Code', number: 'Number', way: 'From - to', details: 'Details', of: (id: string) => `Details of scan ${id}`, close: 'Close',
    scan: 'Scan', evidence: 'Evidence', reason: 'Reason', entries: 'Entries of the journal', entry: 'Entry', what: 'What', noEntries: 'Its entries are not in the journal any more.',
    types: { captured: 'read', delivering: 'about to be handed to the till', outcome: 'ended', discarded: 'taken back, nothing was handed over', segment: 'a new chain begins' },
    proof: 'Proof', proofHint: 'Every entry is chained to the one before, and the chain is signed: this shows that nothing was changed, added or taken away.',
    prove: 'Prove the journal', proved: (entries: string) => `The journal is whole: ${entries}.`, broken: (seq: string, why: string) => `Entry ${seq} does not prove itself: ${why}.`,
    entryForms: { one: 'entry', many: 'entries' },
    badTime: 'A date and a time.',
  },
  ru: {
    title: 'Журнал',
    filter: 'Поиск', since: 'С', until: 'По', outcome: 'Итог', any: 'все', reader: 'Сканер', till: 'Касса',
    text: 'Текст', textHint: 'Из номера скана, скрытого кода или номера, причины.', search: 'Найти', clear: 'Сбросить',
    found: 'Найдено', none: 'Ничего не найдено.', noneSoFar: 'Пока ничего не найдено; журнал просмотрен не до начала.', more: 'Искать дальше в прошлое', end: 'Это начало журнала.',
    time: 'Время', code: 'Код', number: 'Номер', way: 'Откуда - куда', details: 'Подробно', of: (id: string) => `Подробно о скане ${id}`, close: 'Закрыть',
    scan: 'Скан', evidence: 'Подтверждение', reason: 'Причина', entries: 'Записи журнала', entry: 'Запись', what: 'Что', noEntries: 'Его записей в журнале уже нет.',
    types: { captured: 'считан', delivering: 'передаётся кассе', outcome: 'завершён', discarded: 'отменён, ничего не передано', segment: 'начата новая цепочка' },
    proof: 'Проверка', proofHint: 'Каждая запись связана с предыдущей, а цепочка подписана: проверка показывает, что ничего не изменено, не добавлено и не убрано.',
    prove: 'Проверить журнал', proved: (entries: string) => `Журнал цел: ${entries}.`, broken: (seq: string, why: string) => `Запись ${seq} не подтверждается: ${why}.`,
    entryForms: { one: 'запись', few: 'записи', many: 'записей' },
    badTime: 'Дата и время.',
  },
});
