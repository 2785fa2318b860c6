/** How far an import over the API is. */
export type ImportState = 'receiving' | 'importing' | 'done' | 'failed' | 'cancelled';

export type ImportEvent = 'whole' | 'succeeded' | 'failed' | 'cancelled';

/** Every state, every event: what has ended does not begin again. */
export const IMPORT_STATES: Readonly<Record<ImportState, Readonly<Record<ImportEvent, ImportState>>>> = {
  receiving: { whole: 'importing', succeeded: 'receiving', failed: 'failed', cancelled: 'cancelled' },
  importing: { whole: 'importing', succeeded: 'done', failed: 'failed', cancelled: 'cancelled' },
  done: { whole: 'done', succeeded: 'done', failed: 'done', cancelled: 'done' },
  failed: { whole: 'failed', succeeded: 'failed', failed: 'failed', cancelled: 'failed' },
  cancelled: { whole: 'cancelled', succeeded: 'cancelled', failed: 'cancelled', cancelled: 'cancelled' },
};

/** Whether it still needs its place: only one may. */
export const isOpen = (state: ImportState): boolean => state === 'receiving' || state === 'importing';
