import { area } from '../entry.js';

export const tillErrors = area({
  TB_TILL_UNKNOWN: {
    retryable: false,
    en: { message: 'there is no till {till}', remedy: 'name one of: {known}' },
    ru: { message: 'кассы {till} нет', remedy: 'назовите одну из: {known}' },
  },
});
