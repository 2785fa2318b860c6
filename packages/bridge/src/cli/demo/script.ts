import type { Text } from '../cli.js';

/** One scan of the scripted checkout and what an unmodified cashier program must read because of it. */
export interface Step {
  readonly name: Text;
  /** What the scanner sends, terminator included. */
  readonly scan: string;
  /** What the till must get; empty: nothing. */
  readonly till: string;
  /** The outcome of a loyalty scan; undefined for goods. */
  readonly outcome?: string;
}

const GS = '\u001d';

// Made-up numbers: 460 is Russia's GS1 prefix, the item and card numbers belong to nobody.
const MARKING = `010460123456789321DEMO0000001${GS}91EE06${GS}92ZGVtbyBjb2RlIG9mIG5vYm9keQ==`;

/** The local card table of the demo. */
export const DEMO_CARDS = [
  { code: '9812345678901234', card: '2700001234564', kind: 'card' },
  { code: 'SPRING-COFFEE', card: '7700042', kind: 'coupon' },
] as const;

export const SCRIPT: readonly Step[] = [
  { name: { en: 'product', ru: 'товар' }, scan: '4601234567893\r', till: '4601234567893\r' },
  { name: { en: 'marking code', ru: 'код маркировки' }, scan: `${MARKING}\r`, till: `${MARKING}\r` },
  { name: { en: 'universal QR', ru: 'универсальный QR' }, scan: ']Q19812345678901234\r', till: '2700001234564\r', outcome: 'sent' },
  { name: { en: 'unknown code', ru: 'неизвестный код' }, scan: '9899999999999999\r', till: '', outcome: 'notFound' },
  { name: { en: 'coupon', ru: 'купон' }, scan: 'SPRING-COFFEE\r', till: '7700042\r', outcome: 'sent' },
  { name: { en: 'product', ru: 'товар' }, scan: '4609876543213\r', till: '4609876543213\r' },
];

/** The configuration of the demo, but for its readers and tills. */
export const DEMO_RULES = `
codes:
  - { name: universal, kind: card, match: "^98(?<value>\\\\d{14})$" }
  - { name: coupon, kind: coupon, match: "^[A-Z]+-[A-Z]+$" }
translators:
  - { type: table }
api: off
`;
