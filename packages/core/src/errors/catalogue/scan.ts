import { area } from '../entry.js';

export const scanErrors = area({
  TB_SCAN_EMPTY: {
    retryable: false,
    en: { message: 'the code is empty', remedy: 'give at least one character' },
    ru: { message: 'код пуст', remedy: 'укажите хотя бы один символ' },
  },
  TB_SCAN_TOO_LONG: {
    retryable: false,
    en: { message: 'the code is longer than {max} bytes', remedy: 'scan it again; no loyalty code is that long' },
    ru: { message: 'код длиннее {max} байт', remedy: 'отсканируйте ещё раз; коды лояльности короче' },
  },
  TB_SCAN_BAD_HEX: {
    retryable: false,
    en: { message: 'the code is not an even number of hexadecimal digits', remedy: 'write each byte as two digits, without spaces' },
    ru: { message: 'код — не чётное число шестнадцатеричных цифр', remedy: 'каждый байт — две цифры, без пробелов' },
  },
  TB_SCAN_UNKNOWN_READER: {
    retryable: false,
    en: { message: 'there is no reader {reader}', remedy: 'name one of: {known}' },
    ru: { message: 'считывателя {reader} нет', remedy: 'назовите один из: {known}' },
  },
  TB_SCAN_NO_TILL: {
    retryable: true,
    en: { message: 'no till takes the loyalty codes of reader {reader}', remedy: 'add a route for it under `routes`; during a reload wait a moment and scan again' },
    ru: { message: 'коды лояльности считывателя {reader} не принимает ни одна касса', remedy: 'добавьте маршрут в `routes`; во время перезагрузки настроек подождите и отсканируйте ещё раз' },
  },
  TB_SCAN_RECORDING: {
    retryable: false,
    en: { message: 'the recording cannot be read: line {line}: {problem}', remedy: 'give a file that `tillbridge record` of this version wrote, whole and unchanged' },
    ru: { message: 'запись не читается: строка {line}: {problem}', remedy: 'укажите файл, который записала `tillbridge record` этой версии, целиком и без изменений' },
  },
  TB_SCAN_RECORDING_ON: {
    retryable: true,
    en: { message: 'a recording is being made already', remedy: 'wait until it ends, or end it where it was begun' },
    ru: { message: 'запись уже ведётся', remedy: 'дождитесь её конца или завершите её там, где она начата' },
  },
  TB_SCAN_BUSY: {
    retryable: true,
    en: { message: 'too many loyalty scans are under way', remedy: 'wait a moment and scan again' },
    ru: { message: 'слишком много считываний в работе', remedy: 'подождите и отсканируйте ещё раз' },
  },
});
