import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { get } from '../../api/client';
import { useAction } from '../../api/use-action';
import { useQuery } from '../../api/use-query';
import { clock } from '../../clock';
import { dateTime, number } from '../../i18n';
import { Button, Dialog, Empty, ErrorNote, Loading, Panel, Table, toast } from '../../ui';
import { texts } from './texts';

interface Backup {
  readonly name: string;
  readonly time: string;
  readonly bytes: number;
}

/** Texts that were replaced. One that is opened stands in the editor, and is saved there like any other change. */
export function BackupsView({ dirty, onOpen }: { readonly dirty: boolean; readonly onOpen: (text: string) => void }): JSX.Element {
  const t = texts();
  const { data, error, reload } = useQuery<{ readonly backups: readonly Backup[] }>('/v1/config/backups');
  const [asked, setAsked] = useState<string>();
  const open = useAction(async (signal, name: string) => {
    const { text } = await get<{ readonly text: string }>(`/v1/config/backups/${encodeURIComponent(name)}`, { signal });
    setAsked(undefined);
    onOpen(text);
    toast(t.opened);
  });
  return (
    <Panel title={t.backups}>
      <p class="hint">{t.backupsHint}</p>
      <ErrorNote error={error} retry={reload} />
      <ErrorNote error={open.error} />
      {data === undefined ? (
        error === undefined ? <Loading /> : undefined
      ) : (
        <Table
          caption={t.backups}
          rows={data.backups}
          rowKey={({ name }) => name}
          empty={<Empty>{t.noBackups}</Empty>}
          columns={[
            { title: t.when, cell: ({ time }) => dateTime(clock.parse(time)) },
            { title: t.size, numeric: true, cell: ({ bytes }) => `${number(bytes)} ${t.bytes}` },
            {
              title: t.open,
              cell: ({ name }) => (
                <Button busy={open.busy} label={`${t.open}: ${name}`} onClick={() => (dirty ? setAsked(name) : void open.run(name))}>
                  {t.open}
                </Button>
              ),
            },
          ]}
        />
      )}
      <Dialog
        title={t.openSure}
        open={asked !== undefined}
        onClose={() => setAsked(undefined)}
        actions={
          <>
            <Button onClick={() => setAsked(undefined)}>{t.keep}</Button>
            <Button kind="danger" busy={open.busy} onClick={() => void open.run(asked ?? '')}>
              {t.replace}
            </Button>
          </>
        }
      >
        <p>{asked ?? ''}</p>
      </Dialog>
    </Panel>
  );
}
