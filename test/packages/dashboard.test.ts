import { readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';
import { createIds, Pipeline, silentLog } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import parsePrometheus from 'parse-prometheus-text-format';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { lazyMetrics } from '../../packages/bridge/src/api/metrics.js';

const dashboard = z
  .looseObject({ panels: z.array(z.looseObject({ id: z.int(), title: z.string(), targets: z.array(z.looseObject({ expr: z.string() })) })) })
  .parse(JSON.parse(readFileSync(new URL('../../dashboards/tillbridge.grafana.json', import.meta.url), 'utf8')));
const expressions = dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const));
const named = new Set(expressions.flatMap(([, expr]) => expr.match(/\b(?:tillbridge|process)_[a-z_]+/g) ?? []));

/** One of each: without them their families have no line, and the parser sees only families that have one. */
const receipts = { counts: () => [{ what: 'reported', platform: 'p', count: 1 }, { what: 'guestNew', platform: 'p', count: 1 }], view: () => ({ states: { waiting: 1 } }) } as unknown as Parameters<typeof lazyMetrics>[1];
const view = { id: '1:http', results: { found: 1 }, cacheHits: 1, staleHits: 0, breaker: 'closed' };
const platforms = { onAsked: () => undefined, views: () => [view] } as unknown as Parameters<typeof lazyMetrics>[2];

/** What the daemon shows, read by a parser of Prometheus' own text format. */
async function shown(): Promise<readonly string[]> {
  const clock = new VirtualClock();
  const journal = { append: () => Promise.resolve(), open: () => Promise.resolve([]), settle: () => Promise.resolve() };
  const pipeline = new Pipeline({ clock, journal, log: silentLog, newId: createIds(clock, () => 0.5) });
  const families = z.array(z.looseObject({ name: z.string(), type: z.string() })).parse(parsePrometheus(await lazyMetrics(pipeline, receipts, platforms)().render()));
  return families.flatMap(({ name, type }) => (type === 'HISTOGRAM' ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`] : [name]));
}

describe('the Grafana dashboard', () => {
  it.each(expressions)('%s: %s is PromQL', (_title, expr) => {
    let wrong = false;
    parser.parse(expr.replaceAll('$instance', '.+')).iterate({ enter: ({ type }) => void (wrong ||= type.isError) });
    expect(wrong).toBe(false);
  });

  it('asks for nothing that the daemon does not show, and leaves out nothing of ours that it shows', async () => {
    const there = await shown();
    expect([...named].filter((name) => !there.includes(name))).toEqual([]);
    const base = (name: string): string => name.replace(/_(bucket|sum|count)$/, '');
    const left = there.map(base).filter((name) => name.startsWith('tillbridge_') && ![...named].some((each) => base(each) === name));
    expect([...new Set(left)]).toEqual([]);
  });

  it('has a place and a number for each panel', () => {
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });
});
