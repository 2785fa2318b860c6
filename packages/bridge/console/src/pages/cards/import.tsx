import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { call, type ApiError } from '../../api/client';
import { useAction } from '../../api/use-action';
import { useQuery } from '../../api/use-query';
import { number } from '../../i18n';
import { Button, CheckField, Dialog, ErrorNote, FileField, Foreign, Notice, Panel, Progress, SelectField, Table, visible } from '../../ui';
import { useUnsaved } from '../../unsaved';
import { texts } from './texts';
import { sendCards, type ImportView } from './transfer';

const open = (view: ImportView | null | undefined): view is ImportView => view?.state === 'receiving' || view?.state === 'importing';

/** A file of cards: sent in pieces, imported beside the sales, shown until it has ended. */
export function ImportPanel({ onChange }: { readonly onChange: () => void }): JSX.Element {
  const t = texts();
  const [busy, setBusy] = useState(false);
  const { data, reload } = useQuery<{ readonly import: ImportView | null }>('/v1/cards/imports', { every: busy ? 500 : 5000 });
  const current = data?.import;
  useEffect(() => setBusy(open(current)), [current?.state]);
  useEffect(() => onChange(), [current?.id, current?.state]);
  const stop = useRef<AbortController>(undefined);
  const send = useAction(async (gone, file: File, mode: 'upsert' | 'replace', strict: boolean) => {
    const own = new AbortController();
    stop.current = own;
    setBusy(true);
    try {
      await sendCards(file, { mode, strict }, AbortSignal.any([gone, own.signal]), () => undefined);
    } finally {
      reload();
    }
  });
  useUnsaved(send.busy);
  const cancel = useAction(async (signal, id: string) => {
    stop.current?.abort();
    await call('DELETE', `/v1/cards/imports/${id}`, { signal });
    reload();
  });
  return (
    <Panel title={t.importTitle}>
      <ImportForm busy={send.busy || open(current)} onStart={(file, mode, strict) => void send.run(file, mode, strict)} />
      <SendError error={send.error} />
      <ErrorNote error={cancel.error} />
      {open(current) ? (
        <div class="stack">
          <p>
            <Foreign text={t.another(current.name)} />
          </p>
          <div class="wide">
            <Progress label={labelOf(current)} share={shareOf(current)} />
            <p class="hint">{labelOf(current)}</p>
          </div>
          <Button busy={cancel.busy} onClick={() => void cancel.run(current.id)}>
            {t.cancel}
          </Button>
        </div>
      ) : undefined}
      <div role="status">{current !== undefined && current !== null && !open(current) ? <Ended view={current} /> : undefined}</div>
    </Panel>
  );
}

function SendError({ error }: { readonly error: ApiError | undefined }): JSX.Element {
  const t = texts();
  return error?.code === 'changed' ? <Notice kind="bad">{t.changed}</Notice> : <ErrorNote error={error} />;
}

type Start = (file: File, mode: 'upsert' | 'replace', strict: boolean) => void;

function ImportForm({ busy, onStart }: { readonly busy: boolean; readonly onStart: Start }): JSX.Element {
  const t = texts();
  const [file, setFile] = useState<File>();
  const [mode, setMode] = useState<'upsert' | 'replace'>('upsert');
  const [strict, setStrict] = useState(false);
  const [sure, setSure] = useState(false);
  const start = (): void => {
    setSure(false);
    if (file !== undefined) onStart(file, mode, strict);
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (file === undefined || busy) return;
        if (mode === 'replace') setSure(true);
        else start();
      }}
    >
      <FileField label={t.file} hint={t.importHint} accept=".csv,.txt,.jsonl,.ndjson" onPick={setFile} />
      <SelectField
        label={t.mode}
        value={mode}
        onChange={setMode}
        options={[
          { value: 'upsert', text: t.upsert },
          { value: 'replace', text: t.replace },
        ]}
      />
      <CheckField label={t.strict} checked={strict} onChange={setStrict} />
      <Button type="submit" kind="primary" busy={busy} disabled={file === undefined}>
        {t.importDo}
      </Button>
      <Dialog
        title={t.replaceSure}
        open={sure}
        onClose={() => setSure(false)}
        actions={
          <>
            <Button onClick={() => setSure(false)}>{t.cancel}</Button>
            <Button kind="danger" onClick={start}>
              {t.replaceDo}
            </Button>
          </>
        }
      >
        <p>
          <Foreign text={file?.name ?? ''} />
        </p>
      </Dialog>
    </form>
  );
}

function labelOf({ state, progress }: ImportView): string {
  const t = texts();
  if (state === 'receiving') return t.sending;
  return progress?.phase === 'merge' ? t.merging : progress?.phase === 'checkpoint' ? t.checkpoint : t.reading;
}

function shareOf({ state, size, received, progress }: ImportView): number | undefined {
  if (state === 'receiving') return received / size;
  if (progress?.phase === 'read' && (progress.totalBytes ?? 0) > 0) return (progress.bytes ?? 0) / (progress.totalBytes ?? 1);
  if (progress?.phase === 'merge' && (progress.totalRows ?? 0) > 0) return Math.min(1, progress.rows / (progress.totalRows ?? 1));
  return undefined;
}

/** What became of the last one. */
function Ended({ view }: { readonly view: ImportView }): JSX.Element {
  const t = texts();
  const { name, state, result, error } = view;
  const shown = visible(name, 100);
  if (state === 'cancelled') return <Notice>{t.cancelled(shown)}</Notice>;
  if (state === 'failed' || result === undefined) {
    return (
      <Notice kind="bad">
        <p>{t.failed(shown)}</p>
        {error === undefined ? undefined : (
          <>
            <p>
              <Foreign text={error.message} max={600} /> <span class="error-code">{error.code}</span>
            </p>
            <p>
              <Foreign text={error.remedy} max={600} />
            </p>
          </>
        )}
      </Notice>
    );
  }
  const figures = [
    [t.imported, result.imported], [t.updatedRows, result.updated], [t.skipped, result.skipped], [t.repeated, result.repeated], [t.nowTotal, result.total],
  ] as const;
  return (
    <div class="stack">
      <Notice kind={result.skipped === 0 ? 'good' : 'warn'}>{t.done(shown)}</Notice>
      <dl class="facts">
        {figures.map(([what, value]) => (
          <>
            <dt>{what}</dt>
            <dd>{number(value)}</dd>
          </>
        ))}
      </dl>
      {result.badLines.length === 0 ? undefined : (
        <div class="wide">
          <h3>{t.badLines}</h3>
          <Table
            caption={t.badLines}
            rows={result.badLines}
            rowKey={({ line }) => line}
            columns={[
              { title: t.line, numeric: true, cell: ({ line }) => number(line) },
              { title: t.why, cell: ({ text }) => text },
            ]}
          />
          {result.skipped > result.badLines.length ? <p class="hint">{t.moreBad(number(result.skipped - result.badLines.length))}</p> : undefined}
        </div>
      )}
    </div>
  );
}
