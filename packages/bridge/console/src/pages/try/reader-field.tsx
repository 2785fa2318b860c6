import type { JSX } from 'preact';
import { defineTexts } from '../../i18n';
import { SelectField, visible } from '../../ui';

export interface ReaderChoice {
  readonly readers: readonly string[];
  /** Empty: the first. */
  readonly reader: string;
  readonly setReader: (reader: string) => void;
}

const texts = defineTexts({
  en: { label: 'As if read by', first: 'the first reader' },
  ru: { label: 'Как будто прочитал', first: 'первый считыватель' },
});

/** Which till gets it, and which rules hold, depends on the reader. Nothing to choose with one. */
export function ReaderField({ readers, reader, setReader }: ReaderChoice): JSX.Element | null {
  const t = texts();
  if (readers.length < 2) return null;
  return <SelectField label={t.label} value={reader} onChange={setReader} options={[{ value: '', text: t.first }, ...readers.map((id) => ({ value: id, text: visible(id) }))]} />;
}
