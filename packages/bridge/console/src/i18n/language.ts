import { signal } from '@preact/signals';
import { readKept, writeKept } from '../kept';

export type Language = 'en' | 'ru';

const KEY = 'tillbridge.language';

/** The language of the page: what was chosen here, else the browser's. Reading `.value` in a component draws it anew at a change. */
export const language = signal<Language>(chosen());

function chosen(): Language {
  const kept = readKept(localStorage, KEY);
  if (kept === 'en' || kept === 'ru') return kept;
  // of all that the reader understands: a browser in Kazakh with Russian second is better served in Russian
  const known = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === 'ru' || tag === 'en');
  return known === 'ru' ? 'ru' : 'en';
}

export function setLanguage(next: Language): void {
  writeKept(localStorage, KEY, next);
  language.value = next;
}

/** The forms of a word after a number; English has no few. */
export interface Plural {
  readonly one: string;
  readonly few?: string | undefined;
  readonly many: string;
}

/** Russian may have the form that English lacks. */
type Either<Texts> = Texts extends (...args: never[]) => unknown
  ? Texts
  : Texts extends { readonly one: string; readonly many: string }
    ? Plural
    : Texts extends object
      ? { readonly [Key in keyof Texts]: Either<Texts[Key]> }
      : Texts;

/** The same keys in both languages; a text with values in it is a function. Gives what reads them in the language of the page. */
export function defineTexts<Texts extends object>(texts: { readonly en: Texts; readonly ru: NoInfer<Either<Texts>> }): () => Either<Texts> {
  return () => texts[language.value] as Either<Texts>;
}
