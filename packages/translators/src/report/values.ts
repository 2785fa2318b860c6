import { isoTime, parseIsoTime, type Masked, type Receipt } from '@tillbridge/core';
import type { ListName } from './body-schema.js';
import type { GuestWay, ReportDefinition } from './definition.js';
import { balanced, minorDigits, moneyText, platformUnits } from './money.js';
import { receiptUuid } from './uuid5.js';

/** Looks a name of a template up; undefined where there is no such value. */
export type Scope = (name: string) => string | undefined;

/** The guest of a receipt, as far as he is known by now. */
export type Guest = Readonly<Partial<Record<GuestWay, Masked>>>;

/** Everything that a report can name. */
export interface ReportFacts {
  readonly receipt: Receipt;
  readonly guest: Guest;
  /** The way by which the guest is named in this attempt; undefined: he is not. */
  readonly way: GuestWay | undefined;
  readonly coupons: readonly Masked[];
  readonly newGuest: boolean;
  readonly late: boolean;
  /** Name of the step that is written. */
  readonly step: string;
  /** What the steps before kept. */
  readonly kept: Readonly<Record<string, string>>;
  /** The same of the receipt that this one is of. */
  readonly original: Readonly<Record<string, string>>;
  /** Unix time in milliseconds now, by the platform's clock as far as it is known. */
  readonly platformNow: number;
  /** Variables and secrets of the configuration, `now` and `uuid`. */
  readonly settings: Scope;
}

export interface ReportScope {
  readonly names: Scope;
  readonly list: (name: ListName) => readonly Scope[];
}

/** So much before the platform's own time a receipt is dated at the latest: one from the future is refused (Manzana), and clocks jitter. In ms. */
const BEHIND_MS = 1000;

/** What the templates of a report can name. Texts alone: what is money or a number is written as the platform wants it. */
export function reportScope(facts: ReportFacts, report: ReportDefinition): ReportScope {
  const sums = sumsOf(facts.receipt, report);
  const flat = { ...receiptNames(facts, report, sums), ...guestNames(facts), ...prefixed('kept.', facts.kept), ...prefixed('original.', originalNames(facts, report)) };
  const names: Scope = (name) => (Object.hasOwn(flat, name) ? filled(flat[name]) : facts.settings(name));
  const within = (fields: Fields): Scope => (name) => (Object.hasOwn(fields, name) ? filled(fields[name]) : names(name));
  const lists: Record<ListName, () => readonly Scope[]> = {
    lines: () => facts.receipt.lines.map((line, i) => within(lineNames(line, i, sums))),
    coupons: () => facts.coupons.map((coupon) => within({ coupon: coupon.reveal() })),
    payments: () => (facts.receipt.payments ?? []).map(({ kind, amount }) => within({ 'payment.kind': kind, 'payment.amount': sums.text(amount) })),
  };
  return { names, list: (name) => lists[name]() };
}

type Fields = Readonly<Record<string, string | undefined>>;
const filled = (text: string | undefined): string | undefined => (text === '' ? undefined : text);
const prefixed = (prefix: string, fields: Fields): Fields => Object.fromEntries(Object.entries(fields).map(([name, value]) => [prefix + name, value]));
const flag = (value: boolean): string | undefined => (value ? 'true' : undefined);

interface Sums {
  readonly text: (minor: number) => string;
  readonly lines: readonly bigint[];
  readonly units: (minor: number) => bigint;
  readonly write: (units: bigint) => string;
}

function sumsOf({ currency, lines, total }: Receipt, { money }: ReportDefinition): Sums {
  const digits = minorDigits(currency);
  const units = (minor: number): bigint => platformUnits(minor, digits, money);
  const write = (value: bigint): string => moneyText(value, money);
  return { units, write, text: (minor) => write(units(minor)), lines: balanced(lines.map((line) => units(line.total)), units(total)) };
}

function receiptNames({ receipt, settings, step, late, newGuest, coupons, platformNow }: ReportFacts, report: ReportDefinition, sums: Sums): Fields {
  const { receiptId, number, storeId, tillId, shift, currency, total, discount = 0, closedAt, cashier, fiscal, payments = [] } = receipt;
  const at = parseIsoTime(closedAt) ?? 0;
  const spent = payments.filter(({ kind }) => report.spending.includes(kind)).reduce((sum, { amount }) => sum + amount, 0);
  const notLater = Math.min(at, platformNow - BEHIND_MS);
  return {
    key: keyOf(receiptId, report),
    // where each request has to have a key of its own
    stepKey: receiptUuid(`${receiptId} ${step}`),
    late: flag(late),
    newGuest: flag(newGuest),
    coupon: coupons[0]?.reveal(),
    'receipt.id': receiptId,
    'receipt.operation': receipt.operation,
    'receipt.number': number ?? receiptId,
    'receipt.till': tillId,
    'receipt.store': storeId ?? settings('store'),
    'receipt.shift': shift,
    'receipt.currency': currency,
    'receipt.total': sums.text(total),
    'receipt.discount': sums.text(discount),
    'receipt.gross': sums.text(total + discount),
    'receipt.spent': sums.text(spent),
    'receipt.cash': sums.text(Math.max(0, total - spent)),
    'receipt.spending': flag(spent > 0),
    'receipt.lines': String(receipt.lines.length),
    'receipt.closedAt': closedAt,
    'receipt.closedAtUtc': isoTime(at),
    'receipt.closedAtLocal': closedAt.slice(0, 19),
    'receipt.closedAtEpoch': String(Math.floor(at / 1000)),
    'receipt.notLater': at <= notLater ? closedAt.slice(0, 19) : localLike(closedAt, at, notLater),
    'cashier.code': cashier?.code,
    'cashier.name': cashier?.name,
    'fiscal.fn': fiscal?.fn,
    'fiscal.fd': fiscal?.fd,
    'fiscal.fp': fiscal?.fp,
  };
}

/** Another moment, in the local time in which `text` was written. */
function localLike(text: string, at: number, moment: number): string {
  const local = parseIsoTime(`${text.slice(0, 19)}Z`) ?? at;
  return isoTime(moment + (local - at)).slice(0, 19);
}

export function keyOf(receiptId: string, { key }: ReportDefinition): string {
  return key.form === 'uuid5' ? receiptUuid(receiptId) : receiptId;
}

/** Only the way that is being tried shows: a report that names the guest twice, by a spent code and by his phone, would be refused for the code. */
function guestNames({ guest, way }: ReportFacts): Fields {
  return way === undefined ? {} : { [`guest.${way}`]: guest[way]?.reveal(), 'guest.value': guest[way]?.reveal(), 'guest.by': way };
}

function originalNames({ receipt, original }: ReportFacts, report: ReportDefinition): Fields {
  const id = receipt.originalReceiptId ?? undefined;
  return { ...original, ...(id === undefined ? {} : { id, key: keyOf(id, report) }) };
}

function lineNames({ lineId, sku, barcode, name, qty, price }: Receipt['lines'][number], index: number, sums: Sums): Fields {
  const total = sums.lines[index] ?? 0n;
  const gross = grossOf(qty, sums.units(price));
  return {
    'line.id': lineId,
    'line.number': String(index + 1),
    'line.sku': sku ?? barcode ?? lineId,
    'line.barcode': barcode,
    'line.name': name ?? sku ?? lineId,
    'line.qty': qty,
    'line.price': sums.text(price),
    'line.total': sums.write(total),
    'line.discount': sums.write(gross > total ? gross - total : 0n),
  };
}

/** Quantity times price, rounded half up. */
function grossOf(qty: string, price: bigint): bigint {
  const [whole = '0', fraction = ''] = qty.split('.');
  const scale = 10n ** BigInt(fraction.length);
  return (BigInt(whole + fraction) * price * 2n + scale) / (scale * 2n);
}
