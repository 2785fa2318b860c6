import type { JSX } from 'preact';
import { useQuery } from '../../api/use-query';
import { number } from '../../i18n';
import { can } from '../../session';
import { ErrorNote, Loading, Notice, Page, Panel } from '../../ui';
import { AddPanel } from './add';
import { ExportPanel } from './export';
import { FindPanel } from './find';
import { ImportPanel } from './import';
import { texts } from './texts';
import type { CardStats } from './transfer';
import './style.css';

/** The card table: what is in it, one card, many cards. */
export default function CardsPage(): JSX.Element {
  const t = texts();
  const reads = can('cards:read');
  const { data, error, reload } = useQuery<CardStats>(reads ? '/v1/cards/stats' : undefined, { every: 10_000 });
  return (
    <Page title={t.title}>
      {reads ? (
        <Panel title={t.table}>
          <ErrorNote error={error} retry={reload} />
          {data === undefined ? error === undefined ? <Loading /> : undefined : <Stats stats={data} />}
        </Panel>
      ) : undefined}
      <div class="panels">
        {reads ? <FindPanel onChange={reload} /> : undefined}
        {can('cards:write') ? <AddPanel onChange={reload} /> : <Notice>{t.noWrite}</Notice>}
        {can('cards:write') ? <ImportPanel onChange={reload} /> : undefined}
        {reads ? <ExportPanel /> : undefined}
      </div>
    </Page>
  );
}

function Stats({ stats }: { readonly stats: CardStats }): JSX.Element {
  const t = texts();
  return (
    <dl class="figures">
      {(['total', 'active', 'inactive', 'blocked'] as const).map((name) => (
        <div key={name}>
          <dt>{t[name]}</dt>
          <dd>{number(stats[name])}</dd>
        </div>
      ))}
    </dl>
  );
}
