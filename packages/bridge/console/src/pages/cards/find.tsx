import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { get, post } from '../../api/client';
import { useAction } from '../../api/use-action';
import { clock } from '../../clock';
import { day } from '../../i18n';
import { can } from '../../session';
import { Button, CheckField, Dialog, ErrorNote, Foreign, Notice, Panel, TextField, toast } from '../../ui';
import { texts } from './texts';
import type { Card } from './transfer';

/** One card by its code; masked unless asked for, and removed after a question. */
export function FindPanel({ onChange }: { readonly onChange: () => void }): JSX.Element {
  const t = texts();
  const [code, setCode] = useState('');
  const [reveal, setReveal] = useState(false);
  const [found, setFound] = useState<{ readonly code: string; readonly card: Card | null }>();
  const [sure, setSure] = useState(false);
  const look = useAction(async (signal) => {
    const { card } = await get<{ readonly card: Card | null }>('/v1/cards', { query: { code, ...(reveal ? { reveal: 1 } : {}) }, signal });
    setFound({ code, card });
  });
  const remove = useAction(async (signal, which: string) => {
    const { removed } = await post<{ readonly removed: boolean }>('/v1/cards/remove', { code: which }, { signal });
    toast(removed ? t.removed : t.notThere, removed ? 'done' : 'failed');
    setFound(undefined);
    setSure(false);
    onChange();
  });
  return (
    <Panel title={t.find}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (code !== '') void look.run();
        }}
      >
        <TextField label={t.code} hint={t.findHint} value={code} onInput={setCode} maxLength={512} code required />
        {can('number:reveal') ? <CheckField label={t.reveal} checked={reveal} onChange={setReveal} /> : undefined}
        <Button type="submit" kind="primary" busy={look.busy}>
          {t.look}
        </Button>
      </form>
      <div class="stack" role="status">
        <ErrorNote error={look.error} />
        {found === undefined ? undefined : found.card === null ? <Notice>{t.none}</Notice> : <CardFacts card={found.card} />}
      </div>
      {found?.card !== undefined && found.card !== null && can('cards:write') ? (
        <div class="actions">
          <Button kind="danger" onClick={() => setSure(true)}>
            {t.remove}
          </Button>
        </div>
      ) : undefined}
      <Dialog
        title={t.removeSure}
        open={sure}
        onClose={() => setSure(false)}
        actions={
          <>
            <Button onClick={() => setSure(false)}>{t.keep}</Button>
            <Button kind="danger" busy={remove.busy} onClick={() => void remove.run(found?.code ?? '')}>
              {t.removeDo}
            </Button>
          </>
        }
      >
        {found?.card === undefined || found.card === null ? undefined : <CardFacts card={found.card} />}
        <ErrorNote error={remove.error} />
      </Dialog>
    </Panel>
  );
}

function CardFacts({ card }: { readonly card: Card }): JSX.Element {
  const t = texts();
  return (
    <dl class="facts">
      <dt>{t.code}</dt>
      <dd>
        <Foreign code text={card.code} max={512} />
      </dd>
      <dt>{t.number}</dt>
      <dd>
        <Foreign code text={card.card} />
      </dd>
      <dt>{t.kind}</dt>
      <dd>{t.kinds[card.kind]}</dd>
      <dt>{t.state}</dt>
      <dd>{t.states[card.state]}</dd>
      <dt>{t.expires}</dt>
      <dd>{card.expires === undefined ? t.never : day(clock.parse(card.expires))}</dd>
    </dl>
  );
}
