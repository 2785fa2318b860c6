import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { post } from '../../api/client';
import { useAction } from '../../api/use-action';
import { useQuery } from '../../api/use-query';
import { clock } from '../../clock';
import { dateTime, day } from '../../i18n';
import { session, signOut } from '../../session';
import { Button, Dialog, Empty, ErrorNote, Foreign, Loading, Panel, Table, toast, visible } from '../../ui';
import { OfferDialog } from './offer';
import { texts } from './texts';

export interface Program {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly created: string;
  readonly lastSeen: string | null;
}

export function ProgramsPanel(): JSX.Element {
  const t = texts();
  const { data, error, reload } = useQuery<{ readonly clients: readonly Program[] }>('/v1/clients', { every: 5000 });
  const [going, setGoing] = useState<Program>();
  const [offering, setOffering] = useState(false);
  const revoke = useAction(async (signal, program: Program) => {
    await post(`/v1/clients/${encodeURIComponent(program.id)}/revoke`, undefined, { signal });
    toast(t.revoked(visible(program.name, 64)));
    setGoing(undefined);
    if (isThisPage(program)) signOut('left');
    else reload();
  });
  return (
    <Panel
      title={t.programs}
      actions={
        <Button kind="primary" onClick={() => setOffering(true)}>
          {t.pair}
        </Button>
      }
    >
      <ErrorNote error={error} retry={reload} />
      {data === undefined ? error === undefined ? <Loading /> : undefined : <ProgramTable programs={data.clients} onRevoke={setGoing} />}
      {offering ? <OfferDialog known={data?.clients ?? []} onClose={() => setOffering(false)} /> : undefined}
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
        {going !== undefined && isThisPage(going) ? <p>{t.revokeYou}</p> : undefined}
        <ErrorNote error={revoke.error} />
      </Dialog>
    </Panel>
  );
}

const isThisPage = ({ id }: Program): boolean => id === session.value?.clientId;

function ProgramTable({ programs, onRevoke }: { readonly programs: readonly Program[]; readonly onRevoke: (program: Program) => void }): JSX.Element {
  const t = texts();
  return (
    <Table
      caption={t.programs}
      rows={programs}
      rowKey={({ id }) => id}
      empty={<Empty>{t.noPrograms}</Empty>}
      columns={[
        {
          title: t.name,
          cell: (program) => (
            <>
              <Foreign text={program.name} max={64} /> {isThisPage(program) ? <span class="muted">({t.you})</span> : undefined}
            </>
          ),
        },
        { title: t.rights, cell: ({ scopes }) => <Foreign code text={scopes.join(', ')} max={1000} /> },
        { title: t.paired, cell: ({ created }) => day(clock.parse(created)) },
        { title: t.seen, cell: ({ lastSeen }) => (lastSeen === null ? t.never : dateTime(clock.parse(lastSeen))) },
        {
          title: t.revoke,
          cell: (program) => (
            <Button kind="danger" label={`${t.revoke}: ${visible(program.name, 64)}`} onClick={() => onRevoke(program)}>
              {t.revoke}
            </Button>
          ),
        },
      ]}
    />
  );
}
