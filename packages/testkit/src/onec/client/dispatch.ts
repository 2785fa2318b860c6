import type { ExternalEvent } from './event-queue.js';

/** Event names by what they are for, as the universal driver of the equipment library accepts them. */
const SCAN_EVENTS: readonly string[] = ['Штрихкод', 'Barcode'];
const TRACK_EVENTS: readonly string[] = ['ДанныеКарты', 'TracksData'];
const LAX_EVENTS: readonly string[] = ['NewBarcode', ...SCAN_EVENTS];

/** `strict`: Source must be the id of a connected device. `lax`: only a Source that begins with InputDevice must. */
export type Matching = 'strict' | 'lax';

/** What an event is for the forms; `undefined`: dropped without a message. */
export function notificationOf({ source, event }: ExternalEvent, devices: ReadonlySet<string>, matching: Matching): 'ScanData' | 'TracksData' | undefined {
  if (matching === 'lax') {
    if (!LAX_EVENTS.includes(event)) return undefined;
    return source.startsWith('InputDevice') && !devices.has(source) ? undefined : 'ScanData';
  }
  if (!devices.has(source)) return undefined;
  if (SCAN_EVENTS.includes(event)) return 'ScanData';
  return TRACK_EVENTS.includes(event) ? 'TracksData' : undefined;
}
