import type { Cancel, Clock } from '@tillbridge/core';
import { openReaderPort, type PortSink } from '@tillbridge/testkit/rkeeper';

/** How often a port that is not there is tried again, in ms. */
const RETRY_MS = 500;

/** Reads a port for as long as it lives, and again when it is back: the program behind it may start later, or again. Returns what ends it. */
export function keepReading(path: string, port: PortSink, clock: Clock): () => void {
  let over = false;
  let close: () => void = () => undefined;
  let cancel: Cancel = () => undefined;
  const later = (): void => {
    if (!over) cancel = clock.timer(RETRY_MS, open);
  };
  const open = (): void => {
    try {
      close = openReaderPort(path, port, later);
    } catch {
      later();
    }
  };
  open();
  return () => {
    over = true;
    cancel();
    close();
  };
}
