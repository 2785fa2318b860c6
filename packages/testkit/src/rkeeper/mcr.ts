import type { Item } from './books.js';

export const MCR_DEVICES = ['MagneticCard', 'Keyboard', 'Dallas', 'BarCode', 'NoTouche'] as const;
export type McrDeviceType = (typeof MCR_DEVICES)[number];

export type McrScope = 'Currency' | 'Employee' | 'Discount' | 'Interface' | 'Menu Item' | 'Menu Item Barcode' | 'Function Key';

/** One MCR algorithm: what it accepts, and what it makes of it. */
export interface McrAlgorithm {
  readonly name: string;
  readonly devices: readonly McrDeviceType[];
  /** Only from the device with this identifier, where given. */
  readonly deviceId?: number;
  /** A mask has one `i` for each digit; a prefix takes what follows it; a pattern takes its first group. */
  readonly match: { readonly mask: string } | { readonly prefix: string } | { readonly pattern: RegExp };
  readonly scope: McrScope;
  readonly object?: Item;
}

export interface McrMatch {
  readonly algorithm: McrAlgorithm;
  readonly parameter: string;
}

/** Every algorithm that takes the string is tried; several may match. Data of a script comes without a device type: no algorithm is left out for it. */
export function runMcr(algorithms: readonly McrAlgorithm[], data: string, device: McrDeviceType | undefined, deviceId: number | undefined): readonly McrMatch[] {
  return algorithms.flatMap((algorithm) => {
    if (device !== undefined && !algorithm.devices.includes(device)) return [];
    if (algorithm.deviceId !== undefined && algorithm.deviceId !== deviceId) return [];
    const parameter = extract(algorithm.match, data);
    return parameter === undefined ? [] : [{ algorithm, parameter }];
  });
}

function extract(match: McrAlgorithm['match'], data: string): string | undefined {
  if ('mask' in match) return /^\d+$/.test(data) && data.length === match.mask.length ? data : undefined;
  if ('prefix' in match) return data.startsWith(match.prefix) && data.length > match.prefix.length ? data.slice(match.prefix.length) : undefined;
  return match.pattern.exec(data)?.[1];
}

/**
 * The set-up of a usual restaurant: personal cards on track 2 as in the vendor's presets, card numbers of 13 digits that begin with 2 and
 * coupons of 9 digits by barcode or keyboard, staff cards of four digits, dishes by EAN-13.
 */
export function standardAlgorithms(cards: Item, coupons: Item): readonly McrAlgorithm[] {
  return [
    { name: 'personal card', devices: ['MagneticCard', 'BarCode', 'Keyboard'], match: { pattern: /^;?778=\d{1,9}=(\d{1,13})\??$/ }, scope: 'Interface', object: cards },
    { name: 'card number', devices: ['BarCode', 'Keyboard'], match: { pattern: /^(2\d{12})$/ }, scope: 'Interface', object: cards },
    { name: 'phone', devices: ['Keyboard'], match: { pattern: /^([78]\d{10})$/ }, scope: 'Interface', object: cards },
    { name: 'coupon', devices: ['BarCode', 'Keyboard'], match: { mask: 'iiiiiiiii' }, scope: 'Interface', object: coupons },
    { name: 'staff', devices: ['MagneticCard', 'BarCode', 'Keyboard'], match: { mask: 'iiii' }, scope: 'Employee' },
    { name: 'dish barcode', devices: ['BarCode'], match: { pattern: /^([013-9]\d{12})$/ }, scope: 'Menu Item Barcode' },
  ];
}
