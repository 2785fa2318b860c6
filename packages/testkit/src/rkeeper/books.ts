import { randomUUID } from 'node:crypto';

/** An object of a reference book. */
export interface Item {
  readonly ident: number;
  readonly code: number;
  readonly guid: string;
  readonly name: string;
  /** Network name of a station. */
  readonly netName?: string;
  /** What a discount takes off, in per cent. */
  readonly percent?: number;
}

/** A dish of the menu. */
export interface MenuItem extends Item {
  /** Kopecks. */
  readonly price: number;
  /** What its own MCR scope knows it by. */
  readonly barcode?: string;
}

export interface Books {
  readonly CASHES: readonly Item[];
  readonly DEVICES: readonly Item[];
  readonly EMPLOYEES: readonly Item[];
  readonly TABLES: readonly Item[];
  readonly DISCOUNTS: readonly Item[];
  readonly MENUITEMS: readonly MenuItem[];
  readonly RESTAURANTS: readonly Item[];
}

export function newGuid(): string {
  return `{${randomUUID().toUpperCase()}}`;
}

type Row<T extends Item> = Omit<T, 'guid'>;

function items<T extends Item>(rows: readonly Row<T>[]): readonly (Row<T> & { readonly guid: string })[] {
  return rows.map((row) => ({ ...row, guid: newGuid() }));
}

/** A restaurant with two stations, two card interfaces and forty tables. */
export function standardBooks(): Books {
  return {
    CASHES: items<Item>([
      { ident: 15_004, code: 1, name: 'Касса 1', netName: 'CASH1' },
      { ident: 15_005, code: 2, name: 'Бар', netName: 'CASH2' },
    ]),
    DEVICES: items<Item>([
      { ident: 1010, code: 1, name: 'PDS карты' },
      { ident: 1011, code: 2, name: 'PDS купоны' },
      { ident: 1012, code: 3, name: 'Отель' },
    ]),
    EMPLOYEES: items<Item>([
      { ident: 1_000_018, code: 18, name: 'Иванова А.' },
      { ident: 1_000_019, code: 19, name: 'Петров Б.' },
    ]),
    TABLES: items<Item>(Array.from({ length: 40 }, (_, i) => ({ ident: 2000 + i, code: i + 1, name: `Стол ${String(i + 1)}` }))),
    DISCOUNTS: items<Item>([
      { ident: 3001, code: 25, name: 'Карта 10%', percent: 10 },
      { ident: 3002, code: 26, name: 'Карта 15%', percent: 15 },
      { ident: 3003, code: 30, name: 'Ручная скидка', percent: 5 },
    ]),
    MENUITEMS: items<MenuItem>([
      { ident: 4001, code: 101, name: 'Борщ', price: 39_000 },
      { ident: 4002, code: 102, name: 'Сок 0,2', price: 15_000, barcode: '4601234567893' },
    ]),
    RESTAURANTS: items<Item>([{ ident: 1, code: 1, name: 'Ресторан' }]),
  };
}
