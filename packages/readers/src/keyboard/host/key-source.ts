import type { KeyNews } from '../collect/key-collector.js';
import type { OpenFailure } from './protocol.js';

/** A keyboard that is held: its keys come here and nowhere else. */
export interface KeySource {
  /** Usages of the keys that are down now. */
  down(): readonly number[];
  /** Gives the keyboard back to the system. Idempotent, never rejects. */
  close(): Promise<void>;
}

export interface KeySourceEvents {
  readonly news: (news: readonly KeyNews[]) => void;
  /** It went away; called once at most, never after `close`. */
  readonly gone: (problem: string) => void;
}

/** A keyboard could not be taken. Ends at the process's border: the reader makes an error of the catalogue of it. */
export class OpenRefused extends Error {
  readonly failure: OpenFailure;
  /** The package that is missing. */
  readonly package: string | undefined;

  constructor(failure: OpenFailure, problem: string, missing?: string) {
    super(problem);
    this.name = 'OpenRefused';
    this.failure = failure;
    this.package = missing;
  }
}

const BY_ERRNO: Readonly<Record<string, OpenFailure>> = {
  EBUSY: 'grabbed',
  EACCES: 'noPermission',
  EPERM: 'noPermission',
  ENOENT: 'missing',
  ENXIO: 'missing',
  ENODEV: 'missing',
  ENOTTY: 'notKeyboard',
  EINVAL: 'notKeyboard',
  EISDIR: 'notKeyboard',
};

/** What a system call's error means here. */
export function refusalOf(error: unknown): OpenRefused {
  if (error instanceof OpenRefused) return error;
  const problem = error instanceof Error ? error.message : String(error);
  return new OpenRefused(BY_ERRNO[(error as NodeJS.ErrnoException | undefined)?.code ?? ''] ?? 'other', problem);
}
