import { within } from '../within.js';
import type { PipelinePorts } from './settings.js';

/** A part that fails or hangs on its way out keeps nobody else from closing. Never rejects. */
export async function closePart(
  { clock, log }: Pick<PipelinePorts, 'clock' | 'log'>,
  what: 'reader' | 'till' | 'translator',
  id: string,
  ms: number,
  close: () => Promise<void>,
): Promise<void> {
  try {
    await within(clock, ms, close, () => new Error(`not closed within ${ms} ms`));
  } catch (error) {
    log.warn('a part did not close cleanly', { what, id, ...(error instanceof Error ? { error } : {}) });
  }
}
