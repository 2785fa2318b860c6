import { area } from '../entry.js';

export const translateErrors = area({
  TB_TRANSLATE_BAD_NUMBER: {
    retryable: false,
    en: { message: 'a translator gave a number that no till can take ({problem})', remedy: 'check the rule or the card table: a number has 1 to 256 characters and no control characters' },
    ru: { message: 'получен номер, который касса принять не может ({problem})', remedy: 'проверьте правило или таблицу карт: в номере 1–256 символов и нет управляющих символов' },
  },
  TB_TRANSLATE_TEMPLATE: {
    retryable: false,
    en: { message: 'the template is wrong at position {position}: {problem}', remedy: 'allowed are {number}, {value}, ranges such as {value:4..14}, {value:pad12}, {ean13} and {luhn}' },
    ru: { message: 'ошибка в шаблоне, позиция {position}: {problem}', remedy: 'допустимы {number}, {value}, диапазоны вида {value:4..14}, {value:pad12}, {ean13} и {luhn}' },
  },
  TB_TRANSLATE_LENGTH: {
    retryable: false,
    en: { message: 'the code does not have the length that the template needs: {problem}', remedy: 'check the rule that matched this code; `tillbridge translate CODE` shows it' },
    ru: { message: 'длина кода не подходит шаблону: {problem}', remedy: 'проверьте сработавшее правило; его показывает `tillbridge translate CODE`' },
  },
});
