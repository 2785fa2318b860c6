import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useQuery } from '../../api/use-query';
import { can } from '../../session';
import { Button, SelectField, TextField, visible } from '../../ui';
import { outcomeWord } from '../../words';
import { NO_FILTER, OUTCOME_NAMES, type Filter } from './rows';
import { texts } from './texts';

/** What to look for. Nothing is searched while it is typed: a search reads much of a disk. */
export function FilterForm({ filter, onSearch }: { readonly filter: Filter; readonly onSearch: (filter: Filter) => void }): JSX.Element {
  const t = texts();
  const [typed, setTyped] = useState(filter);
  const put = (part: Partial<Filter>): void => setTyped((before) => ({ ...before, ...part }));
  const looks = can('status:read');
  const readers = useQuery<{ readonly readers: readonly { readonly id: string }[] }>(looks ? '/v1/readers' : undefined).data?.readers ?? [];
  const tills = useQuery<{ readonly tills: readonly { readonly id: string }[] }>(looks ? '/v1/tills' : undefined).data?.tills ?? [];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(typed);
      }}
    >
      <div class="fields">
        <TextField label={t.since} type="datetime-local" value={typed.since} onInput={(since) => put({ since })} />
        <TextField label={t.until} type="datetime-local" value={typed.until} onInput={(until) => put({ until })} />
        <SelectField label={t.outcome} value={typed.outcome} onChange={(outcome) => put({ outcome })} options={[{ value: '', text: t.any }, ...OUTCOME_NAMES.map((value) => ({ value, text: outcomeWord(value) }))]} />
        <IdField label={t.reader} value={typed.reader} ids={readers.map(({ id }) => id)} onInput={(reader) => put({ reader })} />
        <IdField label={t.till} value={typed.till} ids={tills.map(({ id }) => id)} onInput={(till) => put({ till })} />
        <TextField label={t.text} type="search" value={typed.text} onInput={(text) => put({ text })} maxLength={200} />
      </div>
      <p class="hint">{t.textHint}</p>
      <div class="actions journal-buttons">
        <Button type="submit" kind="primary">
          {t.search}
        </Button>
        <Button
          onClick={() => {
            setTyped(NO_FILTER);
            onSearch(NO_FILTER);
          }}
        >
          {t.clear}
        </Button>
      </div>
    </form>
  );
}

/** A part of today's configuration, or one that an address names: the journal also knows parts that are no more. */
function IdField({ label, value, ids, onInput }: { readonly label: string; readonly value: string; readonly ids: readonly string[]; readonly onInput: (value: string) => void }): JSX.Element {
  const t = texts();
  if (ids.length === 0) return <TextField label={label} value={value} onInput={onInput} maxLength={64} />;
  const all = [...new Set(['', ...ids, value])];
  return <SelectField label={label} value={value} onChange={onInput} options={all.map((id) => ({ value: id, text: id === '' ? t.any : visible(id, 64) }))} />;
}
