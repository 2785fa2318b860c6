import type { Log } from '../ports/log.js';
import type { FeedbackKind, Reader } from '../ports/reader.js';

/** Lets a reader show how its scan ended; one that cannot is no trouble to anybody. */
export function feedBack(reader: Reader, kind: FeedbackKind, log: Log): void {
  try {
    reader.feedback(kind).catch(() => undefined);
  } catch (error) {
    log.warn('a reader failed on feedback', { reader: reader.id, ...(error instanceof Error ? { error } : {}) });
  }
}
