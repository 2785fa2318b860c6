import { area } from '../entry.js';

export const translateErrors = area({
  TB_TRANSLATE_BAD_NUMBER: {
    retryable: false,
    en: { message: 'a translator gave a number that no till can take ({problem})', remedy: 'check the rule or the card table: a number has 1 to 256 characters and no control characters' },
    ru: { message: 'получен номер, который касса принять не может ({problem})', remedy: 'проверьте правило или таблицу карт: в номере 1–256 символов и нет управляющих символов' },
  },
  TB_TRANSLATE_TEMPLATE: {
    retryable: false,
    en: { message: 'the template is wrong at position {position}: {problem}', remedy: 'allowed are {{number}}, {{value}}, ranges such as {{value:4..14}}, {{value:pad12}}, {{ean13}} and {{luhn}}' },
    ru: { message: 'ошибка в шаблоне, позиция {position}: {problem}', remedy: 'допустимы {{number}}, {{value}}, диапазоны вида {{value:4..14}}, {{value:pad12}}, {{ean13}} и {{luhn}}' },
  },
  TB_TRANSLATE_LENGTH: {
    retryable: false,
    en: { message: 'the code does not have the length that the template needs: {problem}', remedy: 'check the rule that matched this code; `tillbridge translate CODE` shows it' },
    ru: { message: 'длина кода не подходит шаблону: {problem}', remedy: 'проверьте сработавшее правило; его показывает `tillbridge translate CODE`' },
  },
  TB_TRANSLATE_BAD_ROW: {
    retryable: false,
    en: { message: 'the card was not added: {problem}', remedy: 'a code has 1 to 512 characters, a card 1 to 256 and no control characters' },
    ru: { message: 'карта не добавлена: {problem}', remedy: 'в коде 1–512 символов, в номере карты 1–256, без управляющих символов' },
  },
  TB_TRANSLATE_TABLE_UNREADABLE: {
    retryable: true,
    en: { message: 'the card table {path} cannot be opened: {problem}', remedy: 'check that the state folder exists and that this user may read and write it' },
    ru: { message: 'таблица карт {path} не открывается: {problem}', remedy: 'проверьте, что папка состояния существует и доступна этому пользователю для чтения и записи' },
  },
  TB_TRANSLATE_TABLE_CORRUPT: {
    retryable: false,
    en: { message: 'the card table {path} is damaged: {problem}', remedy: 'move the file away and import the cards again: `tillbridge cards import FILE`' },
    ru: { message: 'таблица карт {path} повреждена: {problem}', remedy: 'уберите файл и загрузите карты заново: `tillbridge cards import ФАЙЛ`' },
  },
  TB_TRANSLATE_TABLE_NEWER: {
    retryable: false,
    en: { message: 'the card table {path} was written by a newer Tillbridge (format {format})', remedy: 'update Tillbridge, or move the file away and import the cards again' },
    ru: { message: 'таблица карт {path} создана более новой версией Tillbridge (формат {format})', remedy: 'обновите Tillbridge или уберите файл и загрузите карты заново' },
  },
  TB_TRANSLATE_TABLE_BUSY: {
    retryable: true,
    en: { message: 'the card table {path} is being changed by another program', remedy: 'try again when the running import has ended' },
    ru: { message: 'таблицу карт {path} сейчас изменяет другая программа', remedy: 'повторите, когда закончится идущая загрузка' },
  },
  TB_TRANSLATE_DISK_FULL: {
    retryable: true,
    en: { message: 'there is no room on the disk for the card table {path}; it is as it was before', remedy: 'free disk space (an import needs about three times the size of the table) and try again' },
    ru: { message: 'на диске нет места для таблицы карт {path}; она осталась прежней', remedy: 'освободите место (загрузке нужно примерно втрое больше размера таблицы) и повторите' },
  },
  TB_TRANSLATE_IMPORT_FILE: {
    retryable: false,
    en: { message: 'the file {path} cannot be read: {problem}', remedy: 'check the name and that this user may read the file' },
    ru: { message: 'файл {path} не читается: {problem}', remedy: 'проверьте имя файла и права на его чтение' },
  },
  TB_TRANSLATE_IMPORT_HEADER: {
    retryable: false,
    en: { message: 'the header of {path} is wrong: {problem}', remedy: 'the first line names the columns: code,card and, if wanted, kind, state, expires; separated by commas or semicolons' },
    ru: { message: 'ошибка в заголовке {path}: {problem}', remedy: 'первая строка называет столбцы: code,card и при желании kind, state, expires — через запятую или точку с запятой' },
  },
  TB_TRANSLATE_IMPORT_ENCODING: {
    retryable: false,
    en: { message: 'the file {path} is not UTF-8 but looks like {encoding}', remedy: 'save it as UTF-8 (in a spreadsheet: CSV UTF-8) and import it again' },
    ru: { message: 'файл {path} не в UTF-8, похоже на {encoding}', remedy: 'сохраните его в UTF-8 (в табличном редакторе: CSV UTF-8) и загрузите снова' },
  },
  TB_TRANSLATE_IMPORT_STRICT: {
    retryable: false,
    en: { message: '{path} has {count} bad line(s), nothing was imported: {lines}', remedy: 'correct these lines, or import without --strict to skip them' },
    ru: { message: 'в {path} ошибочных строк: {count}, ничего не загружено: {lines}', remedy: 'исправьте эти строки или загрузите без --strict, чтобы их пропустить' },
  },
  TB_TRANSLATE_IMPORT_EMPTY: {
    retryable: false,
    en: { message: '{path} has no usable row ({count} bad line(s)); the card table was not replaced', remedy: 'check that this is the right file and that it is whole' },
    ru: { message: 'в {path} нет ни одной годной строки (ошибочных: {count}); таблица карт не заменена', remedy: 'проверьте, что это тот файл и что он целый' },
  },
  TB_TRANSLATE_IMPORT_DIED: {
    retryable: true,
    en: { message: 'the import ended before it was done ({problem}); the card table is whole: as it was, or with everything imported', remedy: 'look at `tillbridge cards stats`, check free memory and disk space, then import again' },
    ru: { message: 'загрузка прервалась ({problem}); таблица карт цела: либо прежняя, либо загруженная полностью', remedy: 'посмотрите `tillbridge cards stats`, проверьте память и место на диске и загрузите снова' },
  },
  TB_TRANSLATE_IMPORT_ABORTED: {
    retryable: true,
    en: { message: 'the import was stopped; the card table is whole', remedy: 'import again when you want to' },
    ru: { message: 'загрузка остановлена; таблица карт цела', remedy: 'при необходимости загрузите снова' },
  },
});
