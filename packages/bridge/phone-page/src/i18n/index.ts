import { en, type Words } from './en.js';
import { ru } from './ru.js';

export type { Words } from './en.js';
export type Language = 'en' | 'ru';

export const LANGUAGES: Readonly<Record<Language, Words>> = { en, ru };

/** Of the languages that the reader prefers, the first that the page speaks; else English. */
export function languageOf(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const [primary] = tag.toLowerCase().split('-');
    if (primary === 'ru' || primary === 'en') return primary;
  }
  return 'en';
}
