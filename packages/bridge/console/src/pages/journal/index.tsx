import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get } from '../../api/client';
import { useAction } from '../../api/use-action';
import { useQuery } from '../../api/use-query';
import { clock } from '../../clock';
import { count, dateTime, number } from '../../i18n';
import { address, replaceQuery } from '../../router';
import { can } from '../../session';
import { Button, Empty, ErrorNote, Foreign, Loading, Notice, Page, Panel, Table } from '../../ui';
import { outcomeWord } from '../../words';
import { DetailsDialog } from './details';
import { FilterForm } from './filter-form';
import { filterOf, type Filter, type JournalPageAnswer, type JournalRow } from './rows';
import { texts } from './texts';
import './style.css';

/** What happened to each loyalty scan: searched, looked into, proved. */
export default function JournalPage(): JSX.Element {
  const t = texts();
  const [filter, setFilter] = useState(() => filterOf(address.value.query));
  const [round, setRound] = useState(0);
  const search = (next: Filter): void => {
    replaceQuery({ ...next });
    setFilter(next);
    setRound((before) => before + 1);
  };
  return (
    <Page title={t.title}>
      <Panel title={t.filter}>
        <FilterForm filter={filter} onSearch={search} />
      </Panel>
      <Found key={`${String(round)} ${JSON.stringify(filter)}`} filter={filter} />
      {can('scan:read') ? <ProofPanel /> : undefined}
    </Page>
  );
}

function queryOf({ since, until, ...rest }: Filter): Record<string, string> {
  // local, as people write it; the daemon's own time zone may be another one
  const utc = (local: string): string => (Number.isNaN(clock.parse(local)) ? '' : clock.iso(clock.parse(local)));
  return { ...rest, since: utc(since), until: utc(until) };
}

function Found({ filter }: { readonly filter: Filter }): JSX.Element {
  const t = texts();
  const first = useQuery<JournalPageAnswer>('/v1/journal', { query: queryOf(filter) });
  const [older, setOlder] = useState<readonly JournalPageAnswer[]>([]);
  const [chosen, setChosen] = useState<JournalRow>();
  useEffect(() => setOlder([]), [first.data]);
  const pages = first.data === undefined ? [] : [first.data, ...older];
  const next = pages.at(-1)?.next;
  const rows = pages.flatMap((page) => page.rows);
  const more = useAction(async (signal) => {
    const page = await get<JournalPageAnswer>('/v1/journal', { query: { ...queryOf(filter), before: next ?? undefined }, signal });
    setOlder((before) => [...before, page]);
  });
  return (
    <Panel title={t.found}>
      <ErrorNote error={first.error} retry={first.reload} />
      {first.data === undefined ? first.error === undefined ? <Loading /> : undefined : <Rows rows={rows} ended={next === null} onChoose={setChosen} />}
      <ErrorNote error={more.error} />
      {next === undefined ? undefined : next === null ? (
        rows.length === 0 ? undefined : <p class="muted">{t.end}</p>
      ) : (
        <div class="actions">
          <Button busy={more.busy} onClick={() => void more.run()}>
            {t.more}
          </Button>
        </div>
      )}
      <DetailsDialog row={chosen} onClose={() => setChosen(undefined)} />
    </Panel>
  );
}

function Rows({ rows, ended, onChoose }: { readonly rows: readonly JournalRow[]; readonly ended: boolean; readonly onChoose: (row: JournalRow) => void }): JSX.Element {
  const t = texts();
  return (
    <Table
      caption={t.found}
      rows={rows}
      rowKey={({ seq }) => seq}
      empty={<Empty>{ended ? t.none : t.noneSoFar}</Empty>}
      columns={[
        { title: t.time, cell: ({ time }) => dateTime(clock.parse(time)) },
        { title: t.way, cell: ({ reader, till }) => <Way from={reader} to={till} /> },
        { title: t.code, cell: ({ code }) => <Foreign code text={code} /> },
        { title: t.number, cell: (row) => (row.number === null ? '-' : <Foreign code text={row.number} />) },
        { title: t.outcome, cell: (row) => <OutcomeCell row={row} /> },
        {
          title: t.details,
          cell: (row) => (
            <Button kind="quiet" label={t.of(row.scanId)} onClick={() => onChoose(row)}>
              {t.details}
            </Button>
          ),
        },
      ]}
    />
  );
}

function Way({ from, to }: { readonly from: string; readonly to: string }): JSX.Element {
  return (
    <>
      <Foreign text={from} /> → <Foreign text={to} />
    </>
  );
}

function OutcomeCell({ row: { outcome, reason } }: { readonly row: JournalRow }): JSX.Element {
  return (
    <>
      {outcomeWord(outcome)}
      {reason === undefined ? undefined : (
        <>
          {' '}
          <span class="muted">
            (<Foreign text={reason} />)
          </span>
        </>
      )}
    </>
  );
}

/** Longer than the daemon gives itself for it, in ms. */
const PROOF_MS = 65_000;

interface Proof {
  readonly ok: boolean;
  readonly entries?: number;
  readonly firstBad?: { readonly seq: number; readonly text: string };
}

function ProofPanel(): JSX.Element {
  const t = texts();
  const [proof, setProof] = useState<Proof>();
  const prove = useAction(async (signal) => {
    setProof(undefined);
    setProof(await get<Proof>('/v1/journal/verify', { signal, timeoutMs: PROOF_MS }));
  });
  return (
    <Panel title={t.proof}>
      <p class="hint">{t.proofHint}</p>
      <div role="status">
        {proof === undefined ? undefined : proof.ok ? (
          <Notice kind="good">{t.proved(count(proof.entries ?? 0, t.entryForms))}</Notice>
        ) : (
          <Notice kind="bad">{t.broken(number(proof.firstBad?.seq ?? 0), proof.firstBad?.text ?? '')}</Notice>
        )}
      </div>
      <ErrorNote error={prove.error} />
      <div class="actions">
        <Button busy={prove.busy} onClick={() => void prove.run()}>
          {t.prove}
        </Button>
      </div>
    </Panel>
  );
}
