export type FarcardsLanguage = 'en' | 'ru';

/** Why a card is shown as locked, or transactions as not done. */
export type LockReason =
  | 'blocked'
  | 'codeExpired'
  | 'codeUsed'
  | 'notApplicable'
  | 'needsCustomer'
  | 'ambiguous'
  | 'confirmRequired'
  | 'unavailable'
  | 'numberUnfit'
  | 'badRequest'
  | 'unknownCard'
  | 'paymentsNotKept'
  | 'notStored';

/** What the cashier reads; the field takes 256 characters. */
const TEXTS: Readonly<Record<LockReason, Readonly<Record<FarcardsLanguage, string>>>> = {
  blocked: { en: 'This card is blocked', ru: 'Карта заблокирована' },
  codeExpired: { en: 'The code is out of date: ask the guest to show it again', ru: 'Код устарел: попросите гостя показать его ещё раз' },
  codeUsed: { en: 'The code was used already: ask the guest for a new one', ru: 'Код уже использован: попросите гостя показать новый' },
  notApplicable: { en: 'The coupon is not for this order', ru: 'Купон не действует на этот заказ' },
  needsCustomer: { en: 'The coupon needs the guest: ask for the card first', ru: 'Купон только для известного гостя: сначала попросите карту' },
  ambiguous: { en: 'Several guests have this number: ask for the card', ru: 'Этот номер у нескольких гостей: попросите карту' },
  confirmRequired: { en: 'The guest must confirm in the app', ru: 'Гость должен подтвердить операцию в приложении' },
  unavailable: { en: 'The loyalty system does not answer: try again', ru: 'Система лояльности не отвечает: повторите попытку' },
  numberUnfit: { en: 'r_keeper cannot take the number of this card: tell the administrator', ru: 'r_keeper не может принять номер этой карты: сообщите администратору' },
  badRequest: { en: 'The request of the card server cannot be read: tell the administrator', ru: 'Запрос сервера карт не удалось прочитать: сообщите администратору' },
  unknownCard: { en: 'A card of this check is not known', ru: 'Карта из этого чека неизвестна' },
  paymentsNotKept: { en: 'This card cannot be paid with', ru: 'Этой картой нельзя оплатить' },
  notStored: { en: 'The check could not be stored: try again', ru: 'Чек не удалось сохранить: повторите попытку' },
};

export function whyLocked(reason: LockReason, language: FarcardsLanguage): string {
  return TEXTS[reason][language];
}
