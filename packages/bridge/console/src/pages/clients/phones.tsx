import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { call } from '../../api/client';
import { useAction } from '../../api/use-action';
import { useQuery } from '../../api/use-query';
import { clock } from '../../clock';
import { dateTime, day } from '../../i18n';
import { can } from '../../session';
import { Button, Dialog, Empty, ErrorNote, Foreign, Panel, Table, toast, visible } from '../../ui';
import { PhoneFields, type Tills } from './phone-fields';
import { PhoneOfferDialog } from './phone-offer';
import { texts } from './texts';

interface Phone {
  readonly id: string;
  readonly name: string;
  readonly till: string | null;
  readonly created: string;
  readonly lastSeen: string | null;
  /** It has a session now. */
  readonly connected: boolean;
}

/** Phones that scan; nothing where the bridge has no reader for them. */
export function PhonesPanel(): JSX.Element | null {
  const t = texts();
  // a daemon whose readers are no phones would load all that phones need to say that there are none
  const readers = useQuery<{ readonly readers: readonly { readonly type: string }[] }>(can('status:read') ? '/v1/readers' : undefined).data?.readers;
  const asked = !can('status:read') || readers?.some(({ type }) => type === 'mobile') === true;
  const { data, error, reload } = useQuery<{ readonly phones: readonly Phone[] }>(asked ? '/v1/phones' : undefined, { every: 5000 });
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
  if (!asked || (data === undefined && error === undefined)) return null;
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
          { title: t.seen, cell: ({ lastSeen, connected }) => (connected ? t.connected : lastSeen === null ? t.never : dateTime(clock.parse(lastSeen))) },
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

function PhoneDialog({ phone, tills, onClose }: { readonly phone: Phone; readonly tills: Tills; readonly onClose: () => void }): JSX.Element {
  const t = texts();
  const [name, setName] = useState(phone.name);
  const [till, setTill] = useState(phone.till ?? '');
  const save = useAction(async (signal) => {
    await call('PATCH', `/v1/phones/${encodeURIComponent(phone.id)}`, { body: { name, till: till === '' ? null : till }, signal });
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
