import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { get } from '../../api/client';
import { useAction } from '../../api/use-action';
import { clock } from '../../clock';
import { saveFile } from '../../save-file';
import { can } from '../../session';
import { Button, ErrorNote, Notice, Panel, Progress, toast } from '../../ui';
import { texts } from './texts';
import { fetchCards, type CardStats } from './transfer';

/** The table as a file. It is in clear: only for a page that may see numbers. */
export function ExportPanel(): JSX.Element {
  const t = texts();
  const [share, setShare] = useState<number>();
  const [moved, setMoved] = useState(false);
  const stop = useRef<AbortController>(undefined);
  const run = useAction(async (gone) => {
    const own = new AbortController();
    stop.current = own;
    const signal = AbortSignal.any([gone, own.signal]);
    setMoved(false);
    setShare(0);
    const before = await get<CardStats>('/v1/cards/stats', { signal });
    const file = await fetchCards(signal, (rows) => setShare(before.total === 0 ? 1 : Math.min(1, rows / before.total)));
    const after = await get<CardStats>('/v1/cards/stats', { signal });
    saveFile(`tillbridge-cards-${clock.iso(clock.wall()).slice(0, 10)}.csv`, file);
    setMoved(JSON.stringify(before) !== JSON.stringify(after));
    toast(t.exported);
  });
  return (
    <Panel title={t.exportTitle}>
      <p class="hint">{t.exportHint}</p>
      {can('number:reveal') ? (
        <div class="stack">
          {run.busy ? (
            <div class="wide">
              <Progress label={t.exporting} share={share} />
            </div>
          ) : undefined}
          <ErrorNote error={run.error} />
          {moved ? <Notice kind="warn">{t.exportMoved}</Notice> : undefined}
          <div class="actions">
            <Button busy={run.busy} onClick={() => void run.run()}>
              {t.exportDo}
            </Button>
            {run.busy ? <Button onClick={() => stop.current?.abort()}>{t.cancel}</Button> : undefined}
          </div>
        </div>
      ) : (
        <Notice>{t.noReveal}</Notice>
      )}
    </Panel>
  );
}
