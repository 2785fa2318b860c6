import type { JSX } from 'preact';
import { SelectField, TextField, visible } from '../../ui';
import { texts } from './texts';

export type Tills = readonly { readonly id: string }[];

/** As long as the daemon takes it. */
const MAX_NAME = 40;

interface PhoneFieldsProps {
  readonly name: string;
  readonly till: string;
  readonly tills: Tills;
  readonly onName: (name: string) => void;
  readonly onTill: (till: string) => void;
}

export function PhoneFields({ name, till, tills, onName, onTill }: PhoneFieldsProps): JSX.Element {
  const t = texts();
  return (
    <>
      <TextField label={t.phoneName} value={name} onInput={onName} maxLength={MAX_NAME} autoFocus />
      <SelectField label={t.till} value={till} onChange={onTill} options={[{ value: '', text: t.anyTill }, ...[...new Set([...tills.map(({ id }) => id), ...(till === '' ? [] : [till])])].map((id) => ({ value: id, text: visible(id, 64) }))]} />
    </>
  );
}
