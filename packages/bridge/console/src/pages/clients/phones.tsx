import { encode } from 'uqr';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { call, post } from '../../api/client';
import { useAction } from '../../api/use-action';
import { useQuery } from '../../api/use-query';
import { clock } from '../../clock';
import { dateTime, day, number } from '../../i18n';
import { can } from '../../session';
import { Button, Dialog, Empty, ErrorNote, Foreign, Notice, Panel, SelectField, Table, TextField, toast, visible } from '../../ui';
import { useSecondsLeft } from './offer';
import { texts } from './texts';

interface Phone {
  readonly id: string;
  readonly name: string;
  readonly till: string | null;
  readonly created: string;
  readonly lastSeen: string | null;
}

interface PhoneOffer {
  readonly url: string;
  readonly code: string;
  readonly expiresAt: string;
}

type Tills = readonly { readonly id: string }[];

/** Phones that scan; nothing where the bridge has no reader for them. */
export function PhonesPanel(): JSX.Element | null {
  const t = texts();
  // asked once where there are none: what is not there does not come by itself
  const [none, setNone] = useState(false);
  const { data, error, reload } = useQuery<{ readonly phones: readonly Phone[] }>(none ? undefined : '/v1/phones', { every: 5000 });
  useEffect(() => {
    if (error?.code === 'TB_API_NOT_FOUND') setNone(true);
  }, [error]);
  const tills = useQuery<{ readonly tills: Tills }>(can('status:read') ? '/v1/tills' : undefined).data?.tills ?? [];
  const [offering, setOffering] = useState(false);
  const [changed, setChanged] = useState<Phone>();
  const [going, setGoing] = useState<Phone>();
  const revoke = useAction(async (signal, phone: Phone) => {
    await call('DELETE', `/v1/phones/${encodeURIComponent(phone.id)}`, { signal });
    toast(t.revoked(visible(phone.name, 64)));
    setGoing(undefined);
    reload();
  });
  if (none || (data === undefined && error === undefined)) return null;
  return (
    <Panel
      title={t.phones}
      actions={
        <Button kind="primary" onClick={() => setOffering(true)}>
          {t.pairPhone}
        </Button>
      }
    >
      <ErrorNote error={error} retry={reload} />
      <Table
        caption={t.phones}
        rows={data?.phones ?? []}
        rowKey={({ id }) => id}
        empty={<Empty>{t.noPhones}</Empty>}
        columns={[
          { title: t.name, cell: ({ name }) => <Foreign text={name} max={64} /> },
          { title: t.till, cell: ({ till }) => (till === null ? t.anyTill : <Foreign text={till} max={64} />) },
          { title: t.paired, cell: ({ created }) => day(clock.parse(created)) },
          { title: t.seen, cell: ({ lastSeen }) => (lastSeen === null ? t.never : dateTime(clock.parse(lastSeen))) },
          { title: t.rename, cell: (phone) => <Button label={`${t.rename}: ${visible(phone.name, 64)}`} onClick={() => setChanged(phone)}>{t.rename}</Button> },
          { title: t.revoke, cell: (phone) => <Button kind="danger" label={`${t.revoke}: ${visible(phone.name, 64)}`} onClick={() => setGoing(phone)}>{t.revoke}</Button> },
        ]}
      />
      {offering ? <PhoneOfferDialog tills={tills} onClose={() => { setOffering(false); reload(); }} /> : undefined}
      {changed === undefined ? undefined : <PhoneDialog phone={changed} tills={tills} onClose={() => { setChanged(undefined); reload(); }} />}
      <Dialog
        title={t.revokeSure(visible(going?.name ?? '', 64))}
        open={going !== undefined}
        onClose={() => setGoing(undefined)}
        actions={
          <>
            <Button onClick={() => setGoing(undefined)}>{t.keep}</Button>
            <Button kind="danger" busy={revoke.busy} onClick={() => (going === undefined ? undefined : void revoke.run(going))}>
              {t.revoke}
            </Button>
          </>
        }
      >
        <ErrorNote error={revoke.error} />
      </Dialog>
    </Panel>
  );
}

interface PhoneFieldsProps {
  readonly name: string;
  readonly till: string;
  readonly tills: Tills;
  readonly onName: (name: string) => void;
  readonly onTill: (till: string) => void;
}

function PhoneFields({ name, till, tills, onName, onTill }: PhoneFieldsProps): JSX.Element {
  const t = texts();
  return (
    <>
      <TextField label={t.phoneName} value={name} onInput={onName} maxLength={64} autoFocus />
      <SelectField label={t.till} value={till} onChange={onTill} options={[{ value: '', text: t.anyTill }, ...[...new Set([...tills.map(({ id }) => id), ...(till === '' ? [] : [till])])].map((id) => ({ value: id, text: visible(id, 64) }))]} />
    </>
  );
}

function PhoneDialog({ phone, tills, onClose }: { readonly phone: Phone; readonly tills: Tills; readonly onClose: () => void }): JSX.Element {
  const t = texts();
  const [name, setName] = useState(phone.name);
  const [till, setTill] = useState(phone.till ?? '');
  const save = useAction(async (signal) => {
    await call('PATCH', `/v1/phones/${encodeURIComponent(phone.id)}`, { body: { name, ...(till === '' ? {} : { till }) }, signal });
    toast(t.saved);
    onClose();
  });
  return (
    <Dialog
      title={t.rename}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.close}</Button>
          <Button kind="primary" busy={save.busy} disabled={name === ''} onClick={() => void save.run()}>
            {t.save}
          </Button>
        </>
      }
    >
      <PhoneFields name={name} till={till} tills={tills} onName={setName} onTill={setTill} />
      <ErrorNote error={save.error} />
    </Dialog>
  );
}

function PhoneOfferDialog({ tills, onClose }: { readonly tills: Tills; readonly onClose: () => void }): JSX.Element {
  const t = texts();
  const [name, setName] = useState('');
  const [till, setTill] = useState('');
  const [offer, setOffer] = useState<PhoneOffer>();
  const ask = useAction(async (signal) => {
    setOffer(await post<PhoneOffer>('/v1/phones/pair', { ...(name === '' ? {} : { name }), ...(till === '' ? {} : { till }) }, { signal }));
  });
  return (
    <Dialog
      title={t.pairPhone}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.close}</Button>
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
  if (seconds === 0) return <Notice kind="warn">{t.over}</Notice>;
  return (
    <div class="stack">
      <p>{t.phoneHint}</p>
      <QrCode text={offer.url} label={t.qr} />
      <p class="hint">
        {t.phoneLink} <Foreign code text={offer.url} max={500} />
      </p>
      <p>
        {t.phoneCode}: <span class="code">{visible(offer.code, 20)}</span>
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
