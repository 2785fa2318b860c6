import type { Language } from '@tillbridge/core';
import type { NfcSurvey, SurveyedReader } from '@tillbridge/readers/nfc';

type Words = Readonly<Record<Language, string>>;

const USES: Readonly<Record<SurveyedReader['use'], { readonly what: Words; readonly next: Words }>> = {
  contactless: {
    what: { en: 'contactless reader', ru: 'бесконтактный считыватель' },
    next: { en: 'a reader of `type: nfc` uses it', ru: 'его использует считыватель `type: nfc`' },
  },
  other: {
    what: { en: 'smart card reader', ru: 'считыватель смарт-карт' },
    next: { en: 'not used; if it is contactless, name it in `match: { name }` of a reader of `type: nfc`', ru: 'не используется; если он бесконтактный, укажите его в `match: { name }` считывателя `type: nfc`' },
  },
  token: {
    what: { en: 'token or SAM slot', ru: 'токен или слот SAM' },
    next: { en: 'never touched', ru: 'никогда не затрагивается' },
  },
};

/** A PC/SC reader as JSON shows it, beside the scanners. */
export function contactlessView(reader: SurveyedReader, { driver }: NfcSurvey, install: string, language: Language): Record<string, unknown> {
  const { name, use } = reader;
  const usable = use === 'contactless' && driver !== undefined;
  const remedy = use === 'contactless' && driver === undefined ? install : USES[use].next[language];
  return { name, mode: 'pcsc', use, usable: usable ? 'yes' : 'no', next: [remedy], remedy };
}

/** The readers for people, two lines each. */
export function contactlessText(survey: NfcSurvey, install: string, language: Language): readonly string[] {
  return survey.readers.map((reader) => {
    const { remedy } = contactlessView(reader, survey, install, language);
    return `${reader.name}  ${USES[reader.use].what[language]}\n  -> ${String(remedy)}`;
  });
}
