import type { ProbeRow, TillbridgeError } from '@tillbridge/core';

/** The row of `doctor` for an error of the catalogue. */
export function failRow(error: TillbridgeError, id: string, level: 'warn' | 'fail' = 'fail'): ProbeRow {
  return { level, id, text: error.text('en'), remedy: error.remedy('en') };
}
