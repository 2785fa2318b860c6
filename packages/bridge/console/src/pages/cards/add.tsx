import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { post } from '../../api/client';
import { useAction } from '../../api/use-action';
import { Button, ErrorNote, Panel, SelectField, TextField, toast } from '../../ui';
import { useUnsaved } from '../../unsaved';
import { texts } from './texts';
import type { Card } from './transfer';

/** One card by hand. What was typed stays until it is saved. */
export function AddPanel({ onChange }: { readonly onChange: () => void }): JSX.Element {
  const t = texts();
  const [code, setCode] = useState('');
  const [card, setCard] = useState('');
  const [kind, setKind] = useState<Card['kind']>('card');
  const [state, setState] = useState<Card['state']>('active');
  const [expires, setExpires] = useState('');
  useUnsaved(code !== '' || card !== '');
  const save = useAction(async (signal) => {
    const { result } = await post<{ readonly result: 'added' | 'updated' }>('/v1/cards', { code, card, kind, state, ...(expires === '' ? {} : { expires }) }, { signal });
    toast(result === 'added' ? t.added : t.updated);
    setCode('');
    setCard('');
    setExpires('');
    onChange();
  });
  return (
    <Panel title={t.add}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (code !== '' && card !== '') void save.run();
        }}
      >
        <TextField label={t.code} hint={t.addHint} value={code} onInput={setCode} maxLength={512} code required />
        <TextField label={t.number} value={card} onInput={setCard} maxLength={256} code required />
        <SelectField label={t.kind} value={kind} onChange={setKind} options={(['card', 'coupon', 'phone'] as const).map((value) => ({ value, text: t.kinds[value] }))} />
        <SelectField label={t.state} value={state} onChange={setState} options={(['active', 'inactive', 'blocked'] as const).map((value) => ({ value, text: t.states[value] }))} />
        <TextField label={t.expires} hint={t.expiresHint} value={expires} onInput={setExpires} type="datetime-local" />
        <ErrorNote error={save.error} />
        <Button type="submit" kind="primary" busy={save.busy}>
          {t.addDo}
        </Button>
      </form>
    </Panel>
  );
}
