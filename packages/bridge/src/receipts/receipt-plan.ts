import { Masked } from '@tillbridge/core';
import type { ReportPlan } from '@tillbridge/store';
import type { ReportDefinition } from '@tillbridge/translators/report';
import type { Receipt } from './receipt-schema.js';
import type { RememberedScan } from './scan-memory.js';

/** What is only good for this moment, and stays in memory. */
export interface MomentaryGuest {
  readonly code?: Masked;
  readonly session?: Masked;
}

/** What is kept for the report beside the receipt, encrypted. */
export interface KeptForReport {
  /** How the guest can be named later on. */
  readonly guest: { readonly customer?: string; readonly phone?: string; readonly number?: string };
  readonly coupons: readonly string[];
  /** The sale was made without the platform. */
  readonly offline: boolean;
  /** The platform said that the guest is new to the store. */
  readonly newCustomer: boolean;
}

export interface Planned {
  readonly plan: ReportPlan;
  readonly momentary: MomentaryGuest;
}

/** The platforms that can be told, by the id of their description. */
export type Platforms = ReadonlyMap<string, { readonly definition: ReportDefinition }>;

/** What is to become of a receipt when receipts are reported. `originalTarget`: the platform that was told of the sale that it is of. */
export function planReport(receipt: Receipt, scans: readonly RememberedScan[], platforms: Platforms, originalTarget?: string): Planned {
  const original = receipt.originalReceiptId ?? undefined;
  const preset = originalTarget !== undefined && platforms.has(originalTarget) ? originalTarget : platformOf(receipt, scans, platforms);
  const skip = (reason: string): Planned => ({ plan: { state: 'skipped', reason, ...(original === undefined ? {} : { original }) }, momentary: {} });
  const report = preset === undefined ? undefined : platforms.get(preset)?.definition;
  if (preset === undefined || report === undefined) return skip('noPlatform');
  const { kept, momentary } = guestOf(receipt, scans);
  const named = Object.keys(kept.guest).length > 0 || momentary.code !== undefined || momentary.session !== undefined;
  // a return need not name him again: the sale that it is of did
  if (!named && kept.coupons.length === 0 && receipt.operation === 'sale' && report.anonymous === 'skip') return skip('noGuest');
  const guest = kept.guest.number ?? kept.guest.customer ?? kept.guest.phone;
  return {
    momentary,
    plan: {
      state: 'waiting',
      target: preset,
      progress: { ...kept },
      ...(original === undefined ? {} : { original }),
      ...(scans.length === 0 ? {} : { scans: scans.map(({ scanId }) => scanId) }),
      ...(guest === undefined || receipt.operation !== 'sale' ? {} : { guest: `${preset} ${guest}` }),
    },
  };
}

/** The one that looked the guest up; where that is not known, the only one. */
function platformOf({ loyalty }: Receipt, scans: readonly RememberedScan[], platforms: Platforms): string | undefined {
  const named = loyalty?.preset ?? scans.find(({ guest }) => guest.preset !== undefined)?.guest.preset;
  if (named !== undefined) return platforms.has(named) ? named : undefined;
  const [only, ...others] = platforms.keys();
  return others.length === 0 ? only : undefined;
}

function guestOf({ loyalty }: Receipt, scans: readonly RememberedScan[]): { readonly kept: KeptForReport; readonly momentary: MomentaryGuest } {
  // the last one that the till took is the guest's
  const card = scans.findLast(({ guest }) => guest.coupon === undefined);
  const { nativeNumber, kind, sessionCode } = loyalty ?? {};
  const number = kind === 'coupon' ? undefined : (nativeNumber ?? card?.guest.number);
  const phone = kind === 'phone' ? nativeNumber : card?.guest.phone;
  const customer = card?.guest.customer;
  const coupons = [...(loyalty?.coupons ?? []), ...(kind === 'coupon' && nativeNumber !== undefined ? [nativeNumber] : []), ...scans.flatMap(({ guest }) => guest.coupon ?? [])];
  const code = sessionCode === undefined ? card?.code : new Masked(sessionCode);
  const session = card?.session;
  return {
    kept: {
      guest: { ...(customer === undefined ? {} : { customer }), ...(phone === undefined ? {} : { phone }), ...(number === undefined ? {} : { number }) },
      coupons: [...new Set(coupons)],
      offline: loyalty?.offline === true || card?.guest.offline === true,
      newCustomer: card?.guest.newCustomer === true,
    },
    momentary: { ...(code === undefined ? {} : { code }), ...(session === undefined ? {} : { session }) },
  };
}
