import { readFileSync } from 'node:fs';
import type { Clock } from '@tillbridge/core';
import { replaceFileLater, type StateFolder } from '@tillbridge/store';
import type { KeyRing } from '@tillbridge/translators/rotating';
import type { KeyCopy } from '@tillbridge/translators/sync';
import type { RotatingConfig } from '../../config/index.js';

/** The copy of an issuer's key set in the state folder: its text and when it was last confirmed. Public keys; nothing in it is secret. */
export function keyCopyOf(state: StateFolder, issuer: string): KeyCopy {
  const path = state.file(`rotating-keys-${issuer}.json`);
  return {
    load: () => {
      try {
        const { text, confirmed } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
        return typeof text === 'string' && typeof confirmed === 'number' ? { text, confirmed } : undefined;
      } catch {
        // none yet, or damaged: it is fetched anew
        return undefined;
      }
    },
    save: (text, confirmed) => replaceFileLater(path, Buffer.from(JSON.stringify({ text, confirmed }), 'utf8')),
  };
}

/** The keys as the state folder has them; fetching them is a job of its own. */
export async function ringOf({ issuer, keysMaxAgeMs }: RotatingConfig, { clock, state }: { readonly clock: Clock; readonly state: StateFolder }): Promise<KeyRing> {
  const { KeyRing: Ring } = await import('@tillbridge/translators/rotating');
  const ring = new Ring({ clock, issuer, maxAgeMs: keysMaxAgeMs });
  const kept = keyCopyOf(state, issuer).load();
  if (kept !== undefined) ring.take(kept.text, Math.min(kept.confirmed, clock.wall()));
  return ring;
}
