import type { Words } from '../i18n/index.js';

/** Why there is no picture. */
export type CameraReason = keyof Words['reason'];

/** By the names of the errors of `getUserMedia` (W3C Media Capture and Streams, section 10.2.4). */
const REASONS: Readonly<Record<string, CameraReason>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  PermissionDeniedError: 'denied',
  NotFoundError: 'absent',
  DevicesNotFoundError: 'absent',
  OverconstrainedError: 'absent',
  NotReadableError: 'busy',
  TrackStartError: 'busy',
  AbortError: 'busy',
};

export function reasonOf(errorName: string): CameraReason {
  return REASONS[errorName] ?? 'failed';
}
