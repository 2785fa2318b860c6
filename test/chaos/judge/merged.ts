import type { ChaosReport } from '../chaos.js';

/** What several shops side by side came to. */
export function merged(reports: readonly ChaosReport[]): ChaosReport {
  const [first] = reports;
  if (first === undefined) throw new Error('no reports');
  return reports.slice(1).reduce(
    (a, b): ChaosReport => ({
      seed: a.seed,
      scans: a.scans + b.scans,
      seconds: Math.max(a.seconds, b.seconds),
      goods: { ...summed(a.goods, b.goods), mostLostAtOnce: Math.max(a.goods.mostLostAtOnce, b.goods.mostLostAtOnce) },
      loyalty: { ...summed(bare(a.loyalty), bare(b.loyalty)), outcomes: summed(a.loyalty.outcomes, b.loyalty.outcomes) },
      troubles: summed(a.troubles, b.troubles),
      damages: summed(a.damages, b.damages),
      searched: a.searched + b.searched,
      findings: [...a.findings, ...b.findings],
      wrong: a.wrong + b.wrong,
    }),
    first,
  );
}

function bare(report: ChaosReport['loyalty']): Omit<ChaosReport['loyalty'], 'outcomes'> {
  const { shown, asGoods, untold, acknowledged, notWritten, toldNotWritten } = report;
  return { shown, asGoods, untold, acknowledged, notWritten, toldNotWritten };
}

function summed<T extends Readonly<Record<string, number>> | object>(a: T, b: T): T {
  const total: Record<string, number> = {};
  for (const part of [a, b]) for (const [name, count] of Object.entries(part) as [string, number][]) total[name] = (total[name] ?? 0) + count;
  return total as unknown as T;
}
