import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { get } from '../../api/client';
import { useAction } from '../../api/use-action';
import { count } from '../../i18n';
import { bytesOfBase64, saveFile } from '../../save-file';
import { can } from '../../session';
import { Button, ErrorNote, Foreign, Notice, Page, Panel, Status, Table, toast } from '../../ui';
import { texts } from './texts';

/** Longer than the daemon gives itself for it, in ms. */
const LOOK_MS = 65_000;

interface Finding {
  readonly level: 'ok' | 'warn' | 'fail';
  readonly id: string;
  readonly text: string;
  readonly remedy?: string;
}

/** For whoever mends the bridge, here or far away. */
export default function SupportPage(): JSX.Element {
  const t = texts();
  return (
    <Page title={t.title}>
      {can('support:read') ? (
        <>
          <DoctorPanel />
          <BundlePanel />
        </>
      ) : (
        <Notice>{t.missing}</Notice>
      )}
    </Page>
  );
}

function DoctorPanel(): JSX.Element {
  const t = texts();
  const [rows, setRows] = useState<readonly Finding[]>();
  const look = useAction(async (signal) => setRows((await get<{ readonly rows: readonly Finding[] }>('/v1/doctor', { signal, timeoutMs: LOOK_MS })).rows));
  const bad = rows?.filter(({ level }) => level !== 'ok') ?? [];
  return (
    <Panel title={t.doctor}>
      <p class="hint">{t.doctorHint}</p>
      <div class="actions">
        <Button kind="primary" busy={look.busy} onClick={() => void look.run()}>
          {t.look}
        </Button>
      </div>
      <ErrorNote error={look.error} />
      <div role="status">{rows === undefined ? undefined : <Notice kind={bad.length === 0 ? 'good' : 'warn'}>{bad.length === 0 ? t.allWell : t.some(count(bad.length, t.findings))}</Notice>}</div>
      {rows === undefined ? undefined : <Findings rows={rows} />}
    </Panel>
  );
}

const HEALTH = { ok: 'healthy', warn: 'degraded', fail: 'down' } as const;
const ORDER = { fail: 0, warn: 1, ok: 2 } as const;

function Findings({ rows }: { readonly rows: readonly Finding[] }): JSX.Element {
  const t = texts();
  // what stops a sale stands first; the order of the doctor stays else
  const sorted = rows.map((row, at) => ({ ...row, at })).sort((a, b) => ORDER[a.level] - ORDER[b.level] || a.at - b.at);
  return (
    <Table
      caption={t.doctor}
      rows={sorted}
      rowKey={({ at }) => at}
      columns={[
        { title: t.level, cell: ({ level }) => <Status health={HEALTH[level]}>{t.levels[level]}</Status> },
        { title: t.what, cell: ({ id, text }) => <What id={id} text={text} /> },
        { title: t.doNow, cell: ({ remedy }) => (remedy === undefined ? '-' : <Foreign text={remedy} max={600} />) },
      ]}
    />
  );
}

function What({ id, text }: { readonly id: string; readonly text: string }): JSX.Element {
  return (
    <>
      <strong>
        <Foreign text={id} />
      </strong>{' '}
      <Foreign text={text} max={600} />
    </>
  );
}

function BundlePanel(): JSX.Element {
  const t = texts();
  const make = useAction(async (signal) => {
    const { name, data } = await get<{ readonly name: string; readonly data: string }>('/v1/support', { signal, timeoutMs: LOOK_MS });
    saveFile(name, new Blob([bytesOfBase64(data)], { type: 'application/zip' }));
    toast(t.made(name));
  });
  return (
    <Panel title={t.bundle}>
      <p class="hint">{t.bundleHint}</p>
      <ErrorNote error={make.error} />
      <div class="actions">
        <Button kind="primary" busy={make.busy} onClick={() => void make.run()}>
          {t.make}
        </Button>
      </div>
    </Panel>
  );
}
