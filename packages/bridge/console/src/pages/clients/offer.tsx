import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { post } from '../../api/client';
import { useAction } from '../../api/use-action';
import { useQuery } from '../../api/use-query';
import { clock } from '../../clock';
import { number } from '../../i18n';
import { can, session } from '../../session';
import { Button, CheckField, Dialog, ErrorNote, Notice, SelectField, TextField, visible } from '../../ui';
import { useUnsaved } from '../../unsaved';
import type { Program } from './programs';
import { texts } from './texts';

interface Offer {
  readonly code: string;
  readonly expiresAt: string;
}

/** Name and rights, then the code with its time. */
export function OfferDialog({ known, onClose }: { readonly known: readonly Program[]; readonly onClose: () => void }): JSX.Element {
  const t = texts();
  const [offer, setOffer] = useState<Offer>();
  // whoever was there before; what comes with the code is new
  const [before] = useState(() => new Set(known.map(({ id }) => id)));
  const paired = offer === undefined ? undefined : known.find(({ id }) => !before.has(id));
  return (
    <Dialog title={t.pair} open onClose={onClose} {...(offer === undefined ? {} : { actions: <Button onClick={onClose}>{t.close}</Button> })}>
      {offer === undefined ? <OfferForm onOffer={setOffer} onClose={onClose} /> : paired === undefined ? <CodeView offer={offer} /> : <Notice kind="good">{t.used(visible(paired.name, 64))}</Notice>}
    </Dialog>
  );
}

const PLAIN = ['status:read', 'scan:read', 'scan:inject', 'number:reveal', 'goods:read', 'receipt:write', 'cards:read', 'cards:write', 'config:read', 'config:write', 'clients:admin', 'phones:admin', 'support:read'];

/** What this page may give on: what it has itself, what a cashier program does at its till, and a till's numbers where it may see numbers. */
function givable(): readonly string[] {
  return [...PLAIN.filter((scope) => scope === 'receipt:write' || can(scope)), ...(can('number:reveal') ? ['delivery'] : []), 'till'];
}

function OfferForm({ onOffer, onClose }: { readonly onOffer: (offer: Offer) => void; readonly onClose: () => void }): JSX.Element {
  const t = texts();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly string[]>([]);
  const [till, setTill] = useState('');
  const tills = useQuery<{ readonly tills: readonly { readonly id: string }[] }>(can('status:read') ? '/v1/tills' : undefined).data?.tills ?? [];
  const chosenTill = till === '' ? (tills[0]?.id ?? '') : till;
  const wantsTill = scopes.includes('delivery') || scopes.includes('till');
  useUnsaved(name !== '');
  const ask = useAction(async (signal) => {
    const full = scopes.map((scope) => (scope === 'delivery' || scope === 'till' ? `${scope}:${chosenTill}` : scope));
    onOffer(await post<Offer>('/v1/clients/pair', { name, scopes: full }, { signal }));
  });
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (name !== '' && scopes.length > 0) void ask.run();
      }}
    >
      <p class="hint">{t.pairHint}</p>
      <TextField label={t.name} hint={t.nameHint} value={name} onInput={setName} maxLength={64} required autoFocus />
      <fieldset class="scopes">
        <legend>{t.rights}</legend>
        {givable().map((scope) => (
          <CheckField
            key={`${scope} ${session.value?.clientId ?? ''}`}
            label={
              <>
                {(t.scopes as Readonly<Partial<Record<string, string>>>)[scope] ?? scope} <span class="muted code">{scope}</span>
              </>
            }
            checked={scopes.includes(scope)}
            onChange={(on) => setScopes((now) => (on ? [...now, scope] : now.filter((other) => other !== scope)))}
          />
        ))}
      </fieldset>
      {can('number:reveal') ? undefined : <p class="hint">{t.noDelivery}</p>}
      {wantsTill ? (
        tills.length === 0 ? (
          <TextField label={t.forTill} value={till} onInput={setTill} maxLength={64} required />
        ) : (
          <SelectField label={t.forTill} value={chosenTill} onChange={setTill} options={tills.map(({ id }) => ({ value: id, text: visible(id, 64) }))} />
        )
      ) : undefined}
      {scopes.length === 0 ? <p class="muted">{t.noScopes}</p> : undefined}
      <ErrorNote error={ask.error} />
      <div class="actions">
        <Button onClick={onClose}>{t.close}</Button>
        <Button type="submit" kind="primary" busy={ask.busy} disabled={scopes.length === 0 || name === ''}>
          {t.offer}
        </Button>
      </div>
    </form>
  );
}

const SECOND_MS = 1000;

/** Seconds that are left of a time; drawn anew each second. */
export function useSecondsLeft(expiresAt: string): number {
  const left = (): number => Math.max(0, Math.ceil((clock.parse(expiresAt) - clock.wall()) / 1000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    if (seconds <= 0) return undefined;
    return clock.timer(SECOND_MS, () => setSeconds(left()));
  }, [seconds]);
  return seconds;
}

function CodeView({ offer }: { readonly offer: Offer }): JSX.Element {
  const t = texts();
  const seconds = useSecondsLeft(offer.expiresAt);
  if (seconds === 0) return <Notice kind="warn">{t.over}</Notice>;
  return (
    <div class="stack">
      <p>{t.codeHint}</p>
      <p class="pairing-code code" aria-label={t.code}>
        {offer.code.slice(0, 4)} {offer.code.slice(4)}
      </p>
      <p class="muted" role="timer">
        {t.left(number(seconds))}
      </p>
    </div>
  );
}
