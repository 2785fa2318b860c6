import type { JSX } from 'preact';
import { useQuery } from '../../api/use-query';
import { clock } from '../../clock';
import { dateTime, number } from '../../i18n';
import { Button, Dialog, Empty, ErrorNote, Foreign, Loading, Table } from '../../ui';
import { outcomeWord } from '../../words';
import { isOutcome, type JournalRow, type ScanEntry } from './rows';
import { texts } from './texts';

/** One scan with every entry that the journal has of it. */
export function DetailsDialog({ row, onClose }: { readonly row: JournalRow | undefined; readonly onClose: () => void }): JSX.Element {
  const t = texts();
  return (
    <Dialog title={t.details} open={row !== undefined} onClose={onClose} actions={<Button onClick={onClose}>{t.close}</Button>}>
      {row === undefined ? undefined : (
        <>
          <Facts row={row} />
          <Entries row={row} />
        </>
      )}
    </Dialog>
  );
}

function Facts({ row }: { readonly row: JournalRow }): JSX.Element {
  const t = texts();
  const facts = [
    [t.scan, row.scanId], [t.reader, row.reader], [t.till, row.till], [t.code, row.code], [t.number, row.number ?? '-'], [t.reason, row.reason], [t.evidence, row.evidence],
  ] as const;
  return (
    <dl class="facts">
      <dt>{t.time}</dt>
      <dd>{dateTime(clock.parse(row.time))}</dd>
      <dt>{t.outcome}</dt>
      <dd>{outcomeWord(row.outcome)}</dd>
      {facts.map(([name, value]) =>
        value === undefined ? undefined : (
          <>
            <dt>{name}</dt>
            <dd>
              <Foreign text={value} />
            </dd>
          </>
        ),
      )}
    </dl>
  );
}

function Entries({ row }: { readonly row: JournalRow }): JSX.Element {
  const t = texts();
  const { data, error, reload } = useQuery<{ readonly entries: readonly ScanEntry[] }>(`/v1/journal/entries/${String(row.seq)}`, { query: { scan: row.scanId } });
  return (
    <>
      <h3>{t.entries}</h3>
      <ErrorNote error={error} retry={reload} />
      {data === undefined ? (
        error === undefined ? <Loading /> : undefined
      ) : (
        <Table
          caption={t.entries}
          rows={data.entries}
          rowKey={({ seq }) => seq}
          empty={<Empty>{t.noEntries}</Empty>}
          columns={[
            { title: t.entry, numeric: true, cell: ({ seq }) => number(seq) },
            { title: t.time, cell: ({ time }) => dateTime(clock.parse(time)) },
            { title: t.what, cell: ({ type, outcome }) => (outcome === undefined ? t.types[type] : <Foreign text={`${t.types[type]}: ${isOutcome(outcome) ? outcomeWord(outcome) : outcome}`} />) },
          ]}
        />
      )}
    </>
  );
}
