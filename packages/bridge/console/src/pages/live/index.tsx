import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useQuery } from '../../api/use-query';
import type { Readers } from '../../api/answers';
import { clock } from '../../clock';
import { book, bookChanged, gap, streamState } from '../../feed';
import { defineTexts, number, percent } from '../../i18n';
import type { ScanRow } from '../../live-book';
import { can } from '../../session';
import { Button, Empty, Notice, Page, Panel, SelectField, Status } from '../../ui';
import { outcomeHealth, outcomeWord } from '../../words';
import { Announcer } from './announcer';
import { bucketsOf, countOutcomes, type OutcomeCount } from './buckets';
import { LatencyChart } from './latency-chart';
import { ScanItem } from './scan-item';
import { useGrowing } from './use-growing';
import './live.css';

const texts = defineTexts({
  en: {
    title: 'Live',
    scans: 'Loyalty scans',
    none: 'Nothing was scanned yet. Scan a loyalty code at the till, or try one under “Try a code”.',
    noneOfThese: 'None of these among the newest scans.',
    waiting: 'Connecting…',
    gap: 'Some scans are missing here: the page was away for longer than the daemon remembers. The journal has them all.',
    ok: 'Understood',
    pause: 'Hold',
    resume: 'Go on',
    held: 'The list is held; new scans show when you go on.',
    outcomes: 'Outcomes, last 15 minutes',
    noOutcomes: 'No outcome in the last 15 minutes.',
    latency: 'Time to the outcome',
    goods: 'Goods',
    goodsText: (value: number): string => `${number(value)} since the daemon started. Goods go to the till at once and are only counted.`,
    show: 'Show',
    filters: { all: 'All scans', trouble: 'What was not delivered' },
  },
  ru: {
    title: 'Сейчас',
    scans: 'Сканирования лояльности',
    none: 'Пока ничего не сканировали. Отсканируйте код лояльности на кассе или проверьте его в разделе «Проверить код».',
    noneOfThese: 'Среди последних сканирований таких нет.',
    waiting: 'Подключение…',
    gap: 'Часть сканирований здесь не показана: страница отсутствовала дольше, чем помнит служба. В журнале они все есть.',
    ok: 'Понятно',
    pause: 'Придержать',
    resume: 'Продолжить',
    held: 'Список придержан; новые сканирования появятся, когда вы продолжите.',
    outcomes: 'Исходы за последние 15 минут',
    noOutcomes: 'За последние 15 минут исходов не было.',
    latency: 'Время до исхода',
    goods: 'Товары',
    goodsText: (value: number): string => `${number(value)} с запуска службы. Товары уходят в кассу сразу, здесь они только считаются.`,
    show: 'Показывать',
    filters: { all: 'Все сканирования', trouble: 'Что не доставлено' },
  },
});

/** The chart moves on although nothing happens. */
const TICK_MS = 15_000;
const GOODS_MS = 5000;
/** Rows that are drawn; the book has more. */
const SHOWN = 50;

type Filter = 'all' | 'trouble';

export default function Live(): JSX.Element {
  const t = texts();
  const now = useNow();
  // reading the signal draws this page anew when the book has something new
  const changes = bookChanged.value;
  const samples = book.samples(now);
  return (
    <Page title={t.title}>
      <GapNote />
      <div class="panels" data-changes={changes}>
        <Panel title={t.latency}>
          <LatencyChart buckets={bucketsOf(samples, now)} />
        </Panel>
        <div class="panels-side">
          <Panel title={t.outcomes}>
            <Outcomes counts={countOutcomes(samples)} total={samples.length} none={t.noOutcomes} />
          </Panel>
          {can('status:read') ? <Goods title={t.goods} text={t.goodsText} /> : undefined}
        </div>
        <Scans rows={book.rows()} />
      </div>
      <Announcer samples={samples} ended={book.ended} />
    </Page>
  );
}

/** What is missing in the list, until it was read. */
function GapNote(): JSX.Element | null {
  const t = texts();
  const read = (): void => {
    gap.value = undefined;
  };
  if (gap.value === undefined) return null;
  return (
    <Notice kind="warn" actions={<Button onClick={read}>{t.ok}</Button>}>
      {t.gap}
    </Notice>
  );
}

/** The newest scans; held still for whoever wants to read them. */
function Scans({ rows: newest }: { readonly rows: readonly ScanRow[] }): JSX.Element {
  const t = texts();
  const [filter, setFilter] = useState<Filter>('all');
  const [held, setHeld] = useState<readonly ScanRow[]>();
  const rows = held ?? newest;
  const shown = rows.filter(({ outcome }) => filter === 'all' || (outcome !== undefined && outcomeHealth(outcome) !== 'healthy')).slice(0, SHOWN);
  const drawn = useGrowing(shown.length);
  const hold = (
    <Button pressed={held !== undefined} onClick={() => setHeld(held === undefined ? newest : undefined)}>
      {held === undefined ? t.pause : t.resume}
    </Button>
  );
  return (
    <Panel wide title={t.scans} actions={hold}>
      <SelectField
        label={t.show}
        value={filter}
        onChange={setFilter}
        options={[
          { value: 'all', text: t.filters.all },
          { value: 'trouble', text: t.filters.trouble },
        ]}
      />
      {held === undefined ? undefined : <p class="muted">{t.held}</p>}
      {shown.length === 0 ? (
        <Empty>{streamState.value === 'connecting' && rows.length === 0 ? t.waiting : rows.length === 0 ? t.none : t.noneOfThese}</Empty>
      ) : (
        <ol class="scans" aria-label={t.scans}>
          {shown.slice(0, drawn).map((row) => (
            <ScanItem key={row.scanId} row={row} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

/** The time, often enough for the chart; at once when something happened. */
function useNow(): number {
  const [, setRound] = useState(0);
  useEffect(() => {
    let cancel = (): void => undefined;
    const tick = (): void => {
      cancel = clock.timer(TICK_MS, () => {
        if (!document.hidden) setRound((round) => round + 1);
        tick();
      });
    };
    tick();
    return () => cancel();
  }, []);
  return clock.wall();
}

function Outcomes({ counts, total, none }: { readonly counts: readonly OutcomeCount[]; readonly total: number; readonly none: string }): JSX.Element {
  if (total === 0) return <Empty>{none}</Empty>;
  return (
    <ul class="outcomes">
      {counts.map(({ outcome, count: value }) => (
        <li key={outcome}>
          <Status health={outcomeHealth(outcome)}>{outcomeWord(outcome)}</Status>
          <meter min={0} max={total} value={value} aria-hidden="true" />
          <span class="numeric">
            {number(value)} <span class="muted">({percent(value / total)})</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Goods({ title, text }: { readonly title: string; readonly text: (value: number) => string }): JSX.Element | null {
  const { data } = useQuery<Readers>('/v1/readers', { every: GOODS_MS });
  if (data === undefined) return null;
  const goods = data.readers.reduce((sum, { counters }) => sum + (counters['goods'] ?? 0), 0);
  return (
    <Panel title={title}>
      <p data-goods={goods}>{text(goods)}</p>
    </Panel>
  );
}
