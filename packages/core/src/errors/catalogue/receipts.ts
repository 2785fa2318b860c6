import { area } from '../entry.js';

/** Errors of receipts on their way to a loyalty platform. */
export const receiptErrors = area({
  TB_JOURNAL_RECEIPTS_DEAD: {
    retryable: false,
    en: { message: '{count} receipts could not be reported to the loyalty platform and are not tried any more', remedy: '`tillbridge receipts list --only dead` shows why; mend it, then `tillbridge receipts retry --all`, or `tillbridge receipts drop ID` for one that is not to be reported' },
    ru: { message: 'чеков, которые не удалось передать платформе лояльности: {count}; больше они не отправляются', remedy: 'причину показывает `tillbridge receipts list --only dead`; устраните её и выполните `tillbridge receipts retry --all`, а ненужный чек снимите командой `tillbridge receipts drop ID`' },
  },
  TB_JOURNAL_RECEIPTS_WAIT: {
    retryable: true,
    en: { message: 'receipts wait for the loyalty platform {platform}: {problem}', remedy: 'nothing is lost and they are sent by themselves; with authError check the key of the platform, otherwise the internet connection' },
    ru: { message: 'чеки ждут платформу лояльности {platform}: {problem}', remedy: 'ничего не потеряно, отправка продолжится сама; при authError проверьте ключ платформы, иначе — связь с интернетом' },
  },
  TB_JOURNAL_RECEIPTS_NO_PLATFORM: {
    retryable: false,
    en: { message: 'receipts are to be reported, and no configured platform takes them: {problem}', remedy: 'add a translator of type http whose preset reports receipts (docs/receipts.md), or set `receipts.mode: off`' },
    ru: { message: 'чеки нужно передавать, но ни одна настроенная платформа их не принимает: {problem}', remedy: 'добавьте транслятор типа http с платформой, принимающей чеки (docs/receipts.md), либо укажите `receipts.mode: off`' },
  },
  TB_JOURNAL_RECEIPT_UNKNOWN: {
    retryable: false,
    en: { message: 'there is no dead letter with the id {receiptId}', remedy: '`tillbridge receipts list --only dead` shows them' },
    ru: { message: 'недоставленного чека с идентификатором {receiptId} нет', remedy: 'их показывает `tillbridge receipts list --only dead`' },
  },
  TB_CONFIG_DOUBLE_CREDIT: {
    retryable: false,
    en: { message: 'the till {till} reports its sales to the loyalty system itself: reporting them as well would credit guests twice', remedy: 'set `receipts.mode: off`; only where you are certain that this till reports to nobody, set `receipts.iKnowTheTillDoesNotReport: true`' },
    ru: { message: 'касса {till} сама передаёт продажи в систему лояльности: повторная передача начислит баллы дважды', remedy: 'укажите `receipts.mode: off`; и только если касса точно ничего не передаёт — `receipts.iKnowTheTillDoesNotReport: true`' },
  },
});
