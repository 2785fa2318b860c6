import { isoTime } from '@tillbridge/core';
import type { PhoneRecord } from '@tillbridge/phone-link';

/** A paired phone, for lists. */
export interface PhoneView {
  readonly id: string;
  readonly name: string;
  readonly model: string;
  /** The till that its scans go to; null: the default. */
  readonly till: string | null;
  readonly created: string;
  readonly lastSeen: string | null;
  /** Whether it has a session now. */
  readonly connected: boolean;
}

export function phoneView({ id, name, model, till, created, lastSeen }: PhoneRecord, connected: boolean): PhoneView {
  return { id, name, model, till: till ?? null, created: isoTime(created), lastSeen: lastSeen === undefined ? null : isoTime(lastSeen), connected };
}
