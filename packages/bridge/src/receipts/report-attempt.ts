import { Masked, parseIsoTime } from '@tillbridge/core';
import type { ReceiptWork } from '@tillbridge/store';
import { NO_PROGRESS, type Guest, type ReportFlow, type ReportJob, type ReportProgress, type ReportTarget } from '@tillbridge/translators/report';
import type { KeptForReport, MomentaryGuest } from './receipt-plan.js';
import { receiptSchema, type Receipt } from './receipt-schema.js';

/** What lies sealed beside a receipt: how to name the guest, and how far its report came. */
export interface StoredProgress extends Partial<KeptForReport>, Partial<ReportProgress> {
  /** The flow that was begun: a repeat is of the same one. */
  readonly flow?: ReportFlow;
  /** It took its sale back as a whole, by whichever flow: all that is left of it once it is done. */
  readonly cancels?: true;
}

export function isCancel({ body, progress }: ReceiptWork): boolean {
  return body['operation'] === 'cancel' || (progress as StoredProgress | undefined)?.cancels === true;
}

/** The receipt again, as it was given; undefined where it cannot be read any more. */
export function receiptOf({ body, personal }: ReceiptWork): Receipt | undefined {
  if (personal === undefined) return undefined;
  const { loyalty: open } = body as { readonly loyalty?: object };
  const { loyalty: hidden, ...rest } = personal as { readonly loyalty?: object };
  const loyalty = open === undefined && hidden === undefined ? {} : { loyalty: { ...open, ...hidden } };
  const parsed = receiptSchema.safeParse({ ...body, ...rest, ...loyalty });
  return parsed.success ? parsed.data : undefined;
}

export interface AttemptFacts {
  readonly work: ReceiptWork;
  readonly receipt: Receipt;
  readonly target: ReportTarget;
  readonly flow: ReportFlow;
  readonly momentary: MomentaryGuest;
  /** An earlier attempt may have arrived. */
  readonly repeated: boolean;
  /** What the platform gave for the receipt that this one is of. */
  readonly original: Readonly<Record<string, string>>;
  /** Unix time in milliseconds, and by how much the platform's clock is ahead of ours. */
  readonly now: number;
  readonly skewMs: number;
}

export function jobOf({ work, receipt, target, flow, momentary, repeated, original, now, skewMs }: AttemptFacts): ReportJob {
  const progress = (work.progress ?? {}) as StoredProgress;
  return {
    flow,
    receipt,
    original,
    repeated,
    guest: guestOf(progress, momentary),
    coupons: (progress.coupons ?? []).map((coupon) => new Masked(coupon)),
    newGuest: progress.newCustomer === true && work.newGuest,
    late: isLate(receipt, progress, target, now),
    progress: progressOf(progress),
    platformNow: now + skewMs,
    settings: target.settings,
  };
}

export function progressOf({ step, kept, way }: StoredProgress): ReportProgress {
  return step === undefined ? NO_PROGRESS : { step, kept: kept ?? {}, ...(way === undefined ? {} : { way }) };
}

function guestOf({ guest = {} }: StoredProgress, { code, session }: MomentaryGuest): Guest {
  const masked = Object.fromEntries(Object.entries(guest).map(([name, value]) => [name, new Masked(value)]));
  return { ...masked, ...(code === undefined ? {} : { code }), ...(session === undefined ? {} : { session }) };
}

/** Whether the sale was made without the platform, or is told so late that the platform wants to know. */
export function isLate(receipt: Receipt, { offline }: StoredProgress, { report }: ReportTarget, now: number): boolean {
  return offline === true || now - (parseIsoTime(receipt.closedAt) ?? now) > report.definition.lateAfterMs;
}

/** Points that nobody authorised may not be reported as spent. */
export function spendsUnauthorised(receipt: Receipt, { offline }: StoredProgress, { report }: ReportTarget): boolean {
  const { spending } = report.definition;
  return offline === true && (receipt.payments ?? []).some(({ kind, amount }) => amount > 0 && spending.includes(kind));
}

/** The way that a receipt of this kind goes. What was begun goes on as it was begun: another way could credit twice. */
export function flowOf(receipt: Receipt, progress: StoredProgress, target: ReportTarget, now: number): ReportFlow {
  if (progress.flow !== undefined) return progress.flow;
  const { flows } = target.report;
  if (receipt.operation === 'return') return 'return';
  if (receipt.operation === 'cancel') return flows.cancel === undefined ? 'return' : 'cancel';
  return flows.lateSale !== undefined && isLate(receipt, progress, target, now) ? 'lateSale' : 'sale';
}
