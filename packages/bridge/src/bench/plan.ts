/** How much is measured of what. */
export interface Plan {
  readonly rows: number;
  readonly starts: number;
  readonly idleSeconds: number;
  readonly goods: Rounds & { readonly warmUp: number };
  readonly loyalty: Rounds;
  readonly lookups: number;
}

/** Everything that is compared is measured in turns: so many rounds, in each so many of every side. */
export interface Rounds {
  readonly rounds: number;
  readonly perRound: number;
}

/** What the parts of fixed length take on a common machine, seconds: cards, starts, until an idle daemon has settled and compiled what is hot. */
const FIXED_S = 15;
/** One product costs every side its pace and its way; there are up to four sides. */
const GOODS_S = 4 * 0.0035;
/** A loyalty scan, a commit and a product at the pace of a loyalty scan. */
const LOYALTY_S = 0.21;
/** Of the time that is left; loyalty scans are slow, and their tails want many. */
const GOODS_SHARE = 0.25;
const ROUNDS = 4;
const LEAST = { goods: 50, loyalty: 5 } as const;
const LOOKUPS = 20_000;

/** Divides about `seconds` of measuring (10 to 600) among the parts. Pure. */
export function planOf(seconds: number, rows: number): Plan {
  const idleSeconds = Math.min(20, Math.max(2, Math.round(seconds / 9)));
  const left = Math.max(0, seconds - FIXED_S - idleSeconds);
  const perRound = (share: number, each: number, least: number): number => Math.max(least, Math.floor((left * share) / each / ROUNDS));
  return {
    rows,
    starts: Math.min(15, Math.max(2, Math.round(seconds / 10))),
    idleSeconds,
    goods: { rounds: ROUNDS, perRound: perRound(GOODS_SHARE, GOODS_S, LEAST.goods), warmUp: 200 },
    loyalty: { rounds: ROUNDS, perRound: perRound(1 - GOODS_SHARE, LOYALTY_S, LEAST.loyalty) },
    lookups: LOOKUPS,
  };
}
