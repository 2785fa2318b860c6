import { attribute, descendants, type XmlElement } from '../xml/index.js';

/** One line of a closed order. Money in minor units. */
export interface SaleLine {
  /** Unique within the order. */
  readonly id: string;
  /** Code of the dish. */
  readonly sku: string | undefined;
  readonly name: string | undefined;
  /** Thousandths. */
  readonly quantity: number;
  /** For one, before discounts. */
  readonly price: number;
  /** For the line, after its part of the discounts. */
  readonly total: number;
}

/** What of an order matters to a receipt. Money in minor units. */
export interface OrderSale {
  readonly finished: boolean;
  readonly deleted: boolean;
  /** As the staff call it. */
  readonly number: string | undefined;
  readonly total: number;
  readonly discount: number;
  /** Their totals add up to `total`; empty where the answer's lines do not account for it. */
  readonly lines: readonly SaleLine[];
}

/** Reads `GetOrder`; `undefined` when there is no order in it, or none with a sum. */
export function readOrderSale(data: XmlElement): OrderSale | undefined {
  const order = descendants(data, 'Order')[0];
  const total = order === undefined ? undefined : integer(attribute(order, 'orderSum'));
  if (order === undefined || total === undefined || total < 0) return undefined;
  // some versions write what is taken off as a negative sum
  const discount = Math.abs(integer(attribute(order, 'discountSum')) ?? 0);
  return {
    finished: flag(order, 'finished'),
    deleted: flag(order, 'deleted'),
    number: nonEmpty(attribute(order, 'orderName')) ?? attribute(order, 'orderIdent'),
    total,
    discount,
    lines: share(descendants(order, 'Dish').flatMap(line), total, discount),
  };
}

type Gross = Omit<SaleLine, 'total'>;

/** A dish without a sound price or quantity, or one that was taken off, is no line. */
function line(dish: XmlElement, index: number): readonly Gross[] {
  const [price, quantity] = [integer(attribute(dish, 'price')), integer(attribute(dish, 'quantity'))];
  if (price === undefined || price < 0 || quantity === undefined || quantity <= 0) return [];
  return [{ id: String(index + 1), sku: nonEmpty(attribute(dish, 'code')), name: nonEmpty(attribute(dish, 'name')), quantity, price }];
}

/** The answer names no discount for each line: it is shared by their worth. */
function share(lines: readonly Gross[], total: number, discount: number): readonly SaleLine[] {
  const worth = lines.map(({ price, quantity }) => Math.round((price * quantity) / 1000));
  const gross = worth.reduce((sum, each) => sum + each, 0);
  // modifiers, surcharges, taxes on top: lines that do not add up are not guessed at
  if (gross - discount !== total || lines.length === 0) return [];
  const parts = worth.map((each) => (gross === 0 ? 0 : Math.floor((each * discount) / gross)));
  let left = discount - parts.reduce((sum, each) => sum + each, 0);
  return lines.map((each, i) => {
    const rest = (worth[i] ?? 0) - (parts[i] ?? 0);
    // rounding leaves less than one unit for each line that has something left
    const unit = left > 0 && rest > 0 ? 1 : 0;
    left -= unit;
    return { ...each, total: rest - unit };
  });
}

function integer(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d{1,12}$/.test(text) ? Number(text) : undefined;
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}

/** `1`, and what older versions write. */
function flag(element: XmlElement, name: string): boolean {
  return /^(1|true)$/i.test(attribute(element, name) ?? '');
}
