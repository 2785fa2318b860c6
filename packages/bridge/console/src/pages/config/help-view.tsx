import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { useQuery } from '../../api/use-query';
import { Empty, ErrorNote, Loading, Panel, TextField, visible } from '../../ui';
import { findKeys, schemaKeys, type Schema, type SchemaKey } from './schema-keys';
import { texts } from './texts';

/** Keys that are shown at once. */
const MAX_SHOWN = 60;

/** What every key means, from the schema that the program itself checks with. */
export function HelpView(): JSX.Element {
  const t = texts();
  const [words, setWords] = useState('');
  const { data, error, reload } = useQuery<Schema>('/v1/config/schema');
  const keys = useMemo(() => (data === undefined ? [] : schemaKeys(data)), [data]);
  const found = useMemo(() => findKeys(keys, words), [keys, words]);
  return (
    <Panel title={t.help}>
      <p class="hint">{t.helpHint}</p>
      <ErrorNote error={error} retry={reload} />
      {data === undefined ? (
        error === undefined ? <Loading /> : undefined
      ) : (
        <>
          <TextField label={t.findKey} type="search" value={words} onInput={setWords} maxLength={100} />
          {found.length === 0 ? <Empty>{t.noKeys}</Empty> : undefined}
          <dl class="keys">
            {found.slice(0, MAX_SHOWN).map((key) => (
              <Key key={`${key.path} ${key.form} ${key.description}`} of={key} />
            ))}
          </dl>
          {found.length > MAX_SHOWN ? <p class="muted">{t.more}</p> : undefined}
        </>
      )}
    </Panel>
  );
}

function Key({ of: { path, form, description, type, values, standard, required } }: { readonly of: SchemaKey }): JSX.Element {
  const t = texts();
  const types = type.split(' ').map((name) => (t.types as Readonly<Record<string, string>>)[name] ?? name).filter((name) => name !== '');
  const facts = [
    ...(form === '' ? [] : [t.form(form)]),
    ...(types.length === 0 ? [] : [types.join(' / ')]),
    ...(values.length === 0 ? [] : [t.oneOf(values.slice(0, 40).join(', '))]),
    ...(standard === undefined ? [] : [t.standard(standard)]),
    ...(required ? [t.required] : []),
  ];
  return (
    <div>
      <dt class="code">{visible(path)}</dt>
      <dd lang="en">{visible(description, 1000)}</dd>
      <dd class="muted">{visible(facts.join('; '), 1500)}</dd>
    </div>
  );
}
