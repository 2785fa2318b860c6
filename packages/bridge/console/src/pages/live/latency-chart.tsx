import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { defineTexts, duration, timeOfDay } from '../../i18n';
import { Empty, Table } from '../../ui';
import { niceTop, type Bucket } from './buckets';

const texts = defineTexts({
  en: {
    title: 'From the last byte to the outcome, last 15 minutes',
    none: 'No loyalty scan in the last 15 minutes.',
    half: 'half of the scans (p50)',
    most: '95 of 100 scans (p95)',
    table: 'As a table',
    time: 'From',
    count: 'Scans',
    summary: (p50: string, p95: string, count: number): string => `${String(count)} scans; of the busiest half minute: half of them took up to ${p50}, 95 of 100 up to ${p95}.`,
  },
  ru: {
    title: 'От последнего байта до исхода, последние 15 минут',
    none: 'За последние 15 минут сканирований лояльности не было.',
    half: 'половина сканирований (p50)',
    most: '95 из 100 сканирований (p95)',
    table: 'Таблицей',
    time: 'С',
    count: 'Сканирований',
    summary: (p50: string, p95: string, count: number): string => `Сканирований: ${String(count)}; в самые занятые полминуты половина заняла до ${p50}, 95 из 100 — до ${p95}.`,
  },
});

const HEIGHT = 200;
const LEFT = 60;
const RIGHT = 10;
const TOP = 10;
const BOTTOM = 28;
const PLOT_HEIGHT = HEIGHT - TOP - BOTTOM;
/** Until the real width is known, in CSS pixels. */
const FIRST_WIDTH = 480;

/** How long loyalty scans took. A picture with a text for those who do not see it, and a table of the same. */
export function LatencyChart({ buckets }: { readonly buckets: readonly Bucket[] }): JSX.Element {
  const t = texts();
  const used = buckets.filter(({ count }) => count > 0);
  if (used.length === 0) return <Empty>{t.none}</Empty>;
  return (
    <figure class="chart">
      <Drawing buckets={buckets} used={used} />
      <Caption used={used} />
    </figure>
  );
}

/** One unit is one CSS pixel, whatever room there is: letters and dots keep their size. */
function Drawing({ buckets, used }: { readonly buckets: readonly Bucket[]; readonly used: readonly Bucket[] }): JSX.Element {
  const t = texts();
  const id = useId();
  const [element, width] = useWidth();
  const top = niceTop(Math.max(...used.map(({ p95 }) => p95 ?? 0)));
  const x = (index: number): number => LEFT + ((index + 0.5) * (width - LEFT - RIGHT)) / buckets.length;
  const y = (ms: number): number => TOP + PLOT_HEIGHT * (1 - ms / top);
  const busiest = used.reduce((most, bucket) => (bucket.count > most.count ? bucket : most));
  const total = used.reduce((sum, { count }) => sum + count, 0);
  return (
    <svg ref={element} viewBox={`0 0 ${String(width)} ${String(HEIGHT)}`} height={HEIGHT} role="img" aria-labelledby={`${id}-title ${id}-text`}>
      <title id={`${id}-title`}>{t.title}</title>
      <desc id={`${id}-text`}>{t.summary(duration(busiest.p50 ?? 0), duration(busiest.p95 ?? 0), total)}</desc>
      {[0, 0.5, 1].map((share) => (
        <g key={share}>
          <line class="grid" x1={LEFT} x2={width - RIGHT} y1={y(top * share)} y2={y(top * share)} />
          <text class="label" x={LEFT - 8} y={y(top * share)} text-anchor="end" dominant-baseline="middle">
            {duration(top * share)}
          </text>
        </g>
      ))}
      {buckets.map(({ from }, index) =>
        index % 10 === 0 ? (
          <text key={from} class="label" x={x(index)} y={HEIGHT - 8} text-anchor="middle">
            {timeOfDay(from)}
          </text>
        ) : undefined,
      )}
      {buckets.map(({ from, p50, p95 }, index) =>
        p50 === undefined || p95 === undefined ? undefined : (
          <g key={from}>
            <line class="span" x1={x(index)} x2={x(index)} y1={y(p50)} y2={y(p95)} />
            <rect class="most" x={x(index) - 4} y={y(p95) - 4} width={8} height={8} />
            <circle class="half" cx={x(index)} cy={y(p50)} r={4.5} />
          </g>
        ),
      )}
    </svg>
  );
}

/** The width of an element in CSS pixels, followed as it changes. */
function useWidth() {
  const element = useRef<SVGSVGElement>(null);
  const [width, setWidth] = useState(FIRST_WIDTH);
  useEffect(() => {
    if (element.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined && entry.contentRect.width > 0) setWidth(Math.round(entry.contentRect.width));
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return [element, width] as const;
}

/** What the shapes mean, and the same as a table. */
function Caption({ used }: { readonly used: readonly Bucket[] }): JSX.Element {
  const t = texts();
  return (
    <figcaption>
      <ul class="legend">
        <li>
          <svg class="key" viewBox="0 0 12 12" aria-hidden="true">
            <circle class="half" cx={6} cy={6} r={4.5} />
          </svg>
          {t.half}
        </li>
        <li>
          <svg class="key" viewBox="0 0 12 12" aria-hidden="true">
            <rect class="most" x={2} y={2} width={8} height={8} />
          </svg>
          {t.most}
        </li>
      </ul>
      <details>
        <summary>{t.table}</summary>
        <Table
          caption={t.title}
          rows={used}
          rowKey={({ from }) => from}
          columns={[
            { title: t.time, cell: ({ from }) => timeOfDay(from) },
            { title: t.count, numeric: true, cell: ({ count }) => count },
            { title: 'p50', numeric: true, cell: ({ p50 }) => duration(p50 ?? 0) },
            { title: 'p95', numeric: true, cell: ({ p95 }) => duration(p95 ?? 0) },
          ]}
        />
      </details>
    </figcaption>
  );
}
