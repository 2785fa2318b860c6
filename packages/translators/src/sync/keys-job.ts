import { readFile } from 'node:fs/promises';
import { errorCodeOf, TillbridgeError, type Clock } from '@tillbridge/core';
import type { KeyRing, RefusedKeySet } from '../rotating/key-ring.js';
import type { Download, Validators } from './download.js';
import type { SyncDone, SyncWork } from './work.js';

/** Where the last confirmed document is kept, so that codes are checked from the first moment and without the internet. */
export interface KeyCopy {
  load(): { readonly text: string; readonly confirmed: number } | undefined;
  save(text: string, confirmed: number): Promise<void>;
}

export interface KeysJobOptions {
  readonly id: string;
  readonly ring: KeyRing;
  readonly clock: Clock;
  readonly copy: KeyCopy;
  /** An address, or a file that somebody puts there. */
  readonly from: Download | { readonly file: string };
}

const PROBLEMS: Readonly<Record<RefusedKeySet, string>> = {
  notJson: 'it is not JSON',
  notAKeySet: 'it is no key set of this format',
  keyTwice: 'a key stands in it twice',
  badKey: 'a key in it is none',
  otherIssuer: 'it is another issuer\'s',
  olderVersion: 'it is older than the one that is here',
  otherContent: 'it has the number of the one that is here and another content',
};

/** Largest key set, in bytes. */
export const MAX_KEY_SET = 65_536;

/** Keeps the keys of an issuer of rotating codes fresh. The copy is taken in at once, with the age that it has. */
export function keysJob(options: KeysJobOptions): SyncWork {
  const { id, ring, copy, from } = options;
  const kept = copy.load();
  if (kept !== undefined) ring.take(kept.text, kept.confirmed);
  let known: Validators = {};
  return {
    id,
    type: 'keys',
    hosts: 'file' in from ? [] : [from.host],
    run: async (_full, signal) => {
      const { clock } = options;
      const got = 'file' in from ? { status: 'new' as const, text: await fileText(id, from.file) } : await from.toText(ring.version === undefined ? {} : known, signal);
      if (got.status === 'unchanged') {
        ring.confirm(clock.wall());
        const text = copy.load()?.text;
        if (text !== undefined) await copy.save(text, clock.wall());
        return { unchanged: true };
      }
      const before = ring.version;
      await take(options, got.text ?? '');
      known = 'etag' in got || 'lastModified' in got ? got : {};
      return before === ring.version ? { unchanged: true, ...rowsOf(ring) } : rowsOf(ring);
    },
    close: async () => {
      if (!('file' in from)) await from.close();
    },
  };
}

async function take({ ring, clock, copy }: KeysJobOptions, text: string): Promise<void> {
  const now = clock.wall();
  const refused = ring.take(text, now);
  if (refused !== undefined) throw new TillbridgeError('TB_TRANSLATE_SYNC_KEYS', { issuer: ring.issuer, problem: PROBLEMS[refused] });
  await copy.save(text, now);
}

function rowsOf(ring: KeyRing): SyncDone {
  const set = ring.current();
  return typeof set === 'string' ? {} : { rows: set.keys.size };
}

async function fileText(source: string, file: string): Promise<string> {
  try {
    const bytes = await readFile(file);
    if (bytes.length > MAX_KEY_SET) throw new TillbridgeError('TB_TRANSLATE_SYNC_TOO_LARGE', { source, limit: MAX_KEY_SET });
    return bytes.toString('utf8');
  } catch (error) {
    if (error instanceof TillbridgeError) throw error;
    throw new TillbridgeError('TB_TRANSLATE_SYNC_DOWNLOAD', { source, problem: errorCodeOf(error) || 'it cannot be read' }, { cause: error });
  }
}
