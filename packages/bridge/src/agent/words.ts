import type { Language, OutcomeName } from '@tillbridge/core';

/** What a cashier is told when a number did not get where it should. Short: it is read while a guest waits. */
const WORDS: Readonly<Partial<Record<OutcomeName, Readonly<Record<Language, string>>>>> = {
  rejected: { en: 'Card not accepted', ru: 'Карта не принята' },
  notFound: { en: 'Card not found', ru: 'Карта не найдена' },
  blocked: { en: 'Card is blocked', ru: 'Карта заблокирована' },
  unavailable: { en: 'Loyalty service does not answer', ru: 'Сервис лояльности не отвечает' },
  expired: { en: 'Card not entered in time, scan it again', ru: 'Карта не введена вовремя, считайте её ещё раз' },
  failed: { en: 'Card not entered', ru: 'Карта не введена' },
  unknown: { en: 'See whether the card was entered before you scan it again', ru: 'Проверьте, введена ли карта, прежде чем считать её ещё раз' },
};

const WHY: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  windowNotInFront: { en: 'bring the cashier program to the front', ru: 'откройте окно кассовой программы' },
  noFocus: { en: 'bring the cashier program to the front', ru: 'откройте окно кассовой программы' },
  screenLocked: { en: 'the screen is locked', ru: 'экран заблокирован' },
  windowElevated: { en: 'the cashier program runs as administrator', ru: 'кассовая программа запущена от имени администратора' },
  notOnLayout: { en: 'the keyboard layout lacks its letters', ru: 'в раскладке клавиатуры нет нужных букв' },
};

/** The words for an outcome; `undefined` where there is nothing to tell. */
export function wordsFor(outcome: OutcomeName, reason: string, language: Language): string | undefined {
  const words = WORDS[outcome]?.[language];
  if (words === undefined) return undefined;
  const why = Object.hasOwn(WHY, reason) ? WHY[reason]?.[language] : undefined;
  return why === undefined ? words : `${words}: ${why}`;
}
