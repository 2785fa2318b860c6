import { encode } from 'uqr';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { call, post } from '../../api/client';
import { useAction } from '../../api/use-action';
import { useQuery } from '../../api/use-query';
import { number } from '../../i18n';
import { Button, Dialog, ErrorNote, Foreign, Notice, SelectField, visible } from '../../ui';
import { useSecondsLeft } from './offer';
import { PhoneFields, type Tills } from './phone-fields';
import { texts } from './texts';

interface PhoneOffer {
  readonly id: string;
  readonly url: string;
  /** The same for each address that phones may reach this machine by, best first. */
  readonly urls: readonly { readonly url: string; readonly address: string; readonly adapter: string; readonly virtual: boolean }[];
  readonly code: string;
  readonly expiresAt: string;
}

interface Pairing {
  readonly state: 'open' | 'arrived' | 'paired' | 'over';
  readonly phone?: { readonly name: string };
}

/** Name and till, then the QR code until a phone has come. Closed before that, the code is worth nothing any more. */
export function PhoneOfferDialog({ tills, onClose }: { readonly tills: Tills; readonly onClose: () => void }): JSX.Element {
  const t = texts();
  const [name, setName] = useState('');
  const [till, setTill] = useState('');
  const [offer, setOffer] = useState<PhoneOffer>();
  const ask = useAction(async (signal) => {
    setOffer(await post<PhoneOffer>('/v1/phones/pair', { ...(name === '' ? {} : { name }), ...(till === '' ? {} : { till }) }, { signal }));
  });
  const close = (): void => {
    // what cannot be withdrawn runs out by itself
    if (offer !== undefined) call('DELETE', `/v1/phones/pairings/${encodeURIComponent(offer.id)}`).catch(() => undefined);
    onClose();
  };
  return (
    <Dialog
      title={t.pairPhone}
      open
      onClose={close}
      actions={
        <>
          <Button onClick={close}>{t.close}</Button>
          {offer === undefined ? (
            <Button kind="primary" busy={ask.busy} onClick={() => void ask.run()}>
              {t.offer}
            </Button>
          ) : undefined}
        </>
      }
    >
      {offer === undefined ? <PhoneFields name={name} till={till} tills={tills} onName={setName} onTill={setTill} /> : <PhoneOfferView offer={offer} />}
      <ErrorNote error={ask.error} />
    </Dialog>
  );
}

function PhoneOfferView({ offer }: { readonly offer: PhoneOffer }): JSX.Element {
  const t = texts();
  const seconds = useSecondsLeft(offer.expiresAt);
  const [done, setDone] = useState(false);
  const { data } = useQuery<Pairing>(done ? undefined : `/v1/phones/pairings/${encodeURIComponent(offer.id)}`, { every: 1000 });
  useEffect(() => {
    if (data?.state === 'paired' || data?.state === 'over') setDone(true);
  }, [data?.state]);
  const [place, setPlace] = useState(0);
  const url = offer.urls[place]?.url ?? offer.url;
  if (data?.state === 'paired') return <Notice kind="good">{t.used(visible(data.phone?.name ?? '', 64))}</Notice>;
  if (data?.state === 'over' || seconds === 0) return <Notice kind="warn">{t.over}</Notice>;
  return (
    <div class="stack">
      <p>{t.phoneHint}</p>
      {offer.urls.length > 1 ? <SelectField label={t.phoneAddress} value={String(place)} onChange={(value) => setPlace(Number(value))} options={offer.urls.map(({ address, adapter, virtual }, index) => ({ value: String(index), text: `${visible(address, 64)} (${visible(adapter, 32)}${virtual ? t.virtual : ''})` }))} /> : undefined}
      <QrCode text={url} label={t.qr} />
      <p class="hint">
        {t.phoneLink} <Foreign code text={url} max={500} />
      </p>
      <p>
        {t.phoneCode}: <span class="code">{visible(offer.code, 20)}</span>. {t.phoneOther}
      </p>
      <p class="muted" role="timer">
        {t.left(number(seconds))}
      </p>
    </div>
  );
}

/** Dark on light in both colour schemes: cameras of phones read no other. */
function QrCode({ text, label }: { readonly text: string; readonly label: string }): JSX.Element {
  const { data, size } = useMemo(() => encode(text, { border: 4 }), [text]);
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${String(x)} ${String(y)}h1v1h-1z`] : []))).join('');
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`0 0 ${String(size)} ${String(size)}`} shape-rendering="crispEdges">
      <path d={path} />
    </svg>
  );
}
