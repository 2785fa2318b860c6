import type { FeedbackKind } from '@tillbridge/core';
import type { DeviceProfile } from '../profiles/index.js';
import type { ReportLayout } from './layouts.js';

/** Report 4 is beeps and trigger with layout `hhp`, and a command frame with layout `newland`: never the one's bytes to the other. */
const TRIGGER_REPORT = 4;
/** Report 253 is a command as on the serial line; a menu command begins with SYN M and is answered. */
const COMMAND_REPORT = 0xfd;
const SYN = 0x16;
const MENU = 0x4d;

/** What to send for feedback; `undefined` where that is not known for sure. `layout`: what the device's reports are read with. */
export function feedbackBytes(profile: DeviceProfile | undefined, layout: ReportLayout | undefined, kind: FeedbackKind): Uint8Array | undefined {
  if (kind === 'none' || profile?.basis !== 'document' || layout === undefined) return undefined;
  const bytes = profile.feedback?.[kind];
  if (bytes === undefined) return undefined;
  const report = hexBytes(bytes);
  return report[0] === TRIGGER_REPORT && layout.name !== 'hhp' ? undefined : report;
}

/** Whether the device answers these bytes among its reads. */
export function isAnswered(report: Uint8Array): boolean {
  return report[0] === COMMAND_REPORT && report[2] === SYN && report[3] === MENU;
}

/** Bytes of a profile: hex, blanks allowed. */
export function hexBytes(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
}
