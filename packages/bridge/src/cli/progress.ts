import type { WriteStream } from 'node:tty';
import type { Language } from '@tillbridge/core';
import type { ImportProgress } from '@tillbridge/store';

export interface ProgressBar {
  readonly update: (progress: ImportProgress) => void;
  /** Clears the line. Idempotent. */
  end(): void;
}

const WIDTH = 30;

const WORDS: Readonly<Record<ImportProgress['phase'], Readonly<Record<Language, string>>>> = {
  read: { en: 'reading', ru: 'чтение' },
  merge: { en: 'merging', ru: 'слияние' },
  checkpoint: { en: 'writing', ru: 'запись' },
};

/** A bar on a terminal; nothing elsewhere. */
export function createProgressBar(stream: WriteStream, language: Language): ProgressBar {
  if (!stream.isTTY) return { update: () => undefined, end: () => undefined };
  let shown = false;
  return {
    update: (progress) => {
      shown = true;
      stream.write(`\r\u001b[K${progressLine(progress, language)}`);
    },
    end: () => {
      if (shown) stream.write('\r\u001b[K');
      shown = false;
    },
  };
}

/** One line of the bar. */
export function progressLine(progress: ImportProgress, language: Language): string {
  const share = shareDone(progress);
  const full = Math.round(share * WIDTH);
  return `${WORDS[progress.phase][language]} [${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}] ${String(Math.round(share * 100)).padStart(3)} %  ${progress.rows}`;
}

function shareDone(progress: ImportProgress): number {
  const share = (part: number, whole: number): number => (whole <= 0 ? 0 : Math.min(1, part / whole));
  if (progress.phase === 'read') return share(progress.bytes, progress.totalBytes);
  return progress.phase === 'merge' ? share(progress.rows, progress.totalRows) : 1;
}
