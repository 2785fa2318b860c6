import { ratio, type Summary } from './stats.js';

/** What is promised of speed and size, with its bound: the one place of these figures. `{name}` in a text is filled in where it is measured. */
const PROMISES = {
  goodsP50: { bound: 1.6, unit: 'x', en: 'goods, PTY to PTY, p50 against {relay}', ru: 'товары, от PTY до PTY, p50 к {relay}' },
  goodsP99: { bound: 3, unit: 'x', en: 'the same, p99', ru: 'то же, p99' },
  loyaltyP50: { bound: 2, unit: 'x', en: 'loyalty scan, {rows} cards, beyond goods and quietMs, p50 against a durable commit', ru: 'карта гостя, {rows} карт в таблице, сверх товара и quietMs, p50 к записи на диск' },
  loyaltyP99: { bound: 3, unit: 'x', en: 'the same, p99', ru: 'то же, p99' },
  start: { bound: 20, unit: 'x', en: 'start to READY against `node -e 0`', ru: 'от запуска до READY к `node -e 0`' },
  mainRss: { bound: 75, unit: 'MiB', en: 'idle memory of the main process, `api: off` (VmRSS)', ru: 'память главного процесса в покое, `api: off` (VmRSS)' },
  childRss: { bound: 60, unit: 'MiB', en: 'idle memory of the largest child process', ru: 'память наибольшего дочернего процесса в покое' },
  cpu: { bound: 0.5, unit: '%', en: 'idle processor time, all processes, of one core', ru: 'процессорное время в покое, все процессы, от одного ядра' },
  import: { bound: 100_000, unit: 'rows/s', atLeast: true, en: 'import of {rows} cards{how}', ru: 'загрузка {rows} карт{how}' },
  importRss: { bound: 400, unit: 'MiB', en: 'memory of the importing process', ru: 'память загружающего процесса' },
  lookup: { bound: 50, unit: 'us', en: 'look-up p99', ru: 'поиск карты, p99' },
  lookupLarge: { bound: 150, unit: 'us', en: 'look-up p99', ru: 'поиск карты, p99' },
  lookupDuring: { bound: 200, unit: 'us', en: 'look-up p99 during an import', ru: 'поиск карты во время загрузки, p99' },
  lookupWrong: { bound: 0, unit: '', en: 'wrong look-ups', ru: 'неверные ответы поиска' },
} as const satisfies Record<string, { readonly bound: number; readonly unit: string; readonly atLeast?: boolean; readonly en: string; readonly ru: string }>;

export type PromiseId = keyof typeof PROMISES;

/** One promise and whether it was kept. `value` and `bound` in `unit`; `atLeast` where more is better. */
export interface Judged {
  readonly id: PromiseId;
  readonly en: string;
  readonly ru: string;
  readonly value: number;
  readonly bound: number;
  readonly unit: string;
  readonly atLeast: boolean;
  readonly kept: boolean;
}

/** What stands for a `{name}`: the same in both languages, or a word of each. */
type Named = string | number | { readonly en: string; readonly ru: string };

export function judged(id: PromiseId, value: number, names: Readonly<Record<string, Named>> = {}): Judged {
  const promise = PROMISES[id];
  const { bound, unit } = promise;
  const atLeast = 'atLeast' in promise;
  const filled = (language: 'en' | 'ru'): string =>
    promise[language].replace(/\{(\w+)\}/g, (_, name: string) => {
      const named = names[name] ?? '';
      return typeof named === 'object' ? named[language] : String(named);
    });
  return { id, en: filled('en'), ru: filled('ru'), value, bound, unit, atLeast, kept: atLeast ? value >= bound : value <= bound };
}

/** Against which relay goods are held. */
export type RelayKind = 'socat' | 'bare';

const RELAYS = { socat: 'socat', bare: { en: 'a bare relay', ru: 'простому ретранслятору' } } as const;

export function goodsPromises(ours: Summary, relay: Summary, kind: RelayKind): readonly Judged[] {
  return [judged('goodsP50', ratio(ours.p50Us, relay.p50Us), { relay: RELAYS[kind] }), judged('goodsP99', ratio(ours.p99Us, relay.p99Us))];
}

export function loyaltyPromises({ beyondGoodsAndQuiet: beyond, commit }: { readonly beyondGoodsAndQuiet: Summary; readonly commit: Summary }, rows: number): readonly Judged[] {
  return [judged('loyaltyP50', ratio(beyond.p50Us, commit.p50Us), { rows }), judged('loyaltyP99', ratio(beyond.p99Us, commit.p99Us))];
}

/** The bound on looking up is another one above a million cards. */
export function lookupPromise(p99Us: number, rows: number): Judged {
  return judged(rows > 1_000_000 ? 'lookupLarge' : 'lookup', p99Us);
}
