import type { Clock, CodeKind, Symbology } from '@tillbridge/core';
import type { RefusedWhy, ScanEnd, TillCard } from '../wire/texts.js';

/** Sends `body` to `path` of the page's own origin. Resolves with whatever was answered; rejects where nobody answered. */
export type Post = (path: string, body: Uint8Array, signal: AbortSignal) => Promise<{ readonly status: number; readonly body: Uint8Array }>;

/** A till that this phone is paired with, as it is kept. */
export interface StoredTill {
  readonly v: 1;
  /** 16 characters: the first 12 bytes of SHA-256 of `tillKey` in base64url. */
  readonly tillId: string;
  /** 32 bytes. */
  readonly tillKey: Uint8Array;
  /** This phone's secret key for this till alone, 32 bytes. */
  readonly secret: Uint8Array;
  readonly name: string;
  /** The last card, so that something can be shown before the till answers. */
  readonly card: TillCard;
  /** A scan that was sent and not answered: asked for before anything else is sent, also after a reload. No code is kept. */
  readonly open?: { readonly id: string; readonly run: string };
}

/** `durably`: it outlives a phone whose battery is empty; `quickly`: it outlives the page and the browser. Resolved when it does. */
export type Kept = 'durably' | 'quickly';

/** Where a phone keeps its tills: IndexedDB in a page. Whatever it cannot keep it rejects. */
export interface KeyStore {
  all(): Promise<readonly StoredTill[]>;
  put(till: StoredTill, kept: Kept): Promise<void>;
  remove(tillId: string): Promise<void>;
}

export interface PhonePorts {
  readonly clock: Clock;
  /** Cryptographically secure: `crypto.getRandomValues`, which plain HTTP has too. */
  readonly random: (length: number) => Uint8Array;
  readonly post: Post;
  readonly store: KeyStore;
}

/**
 * How the link to one till is. `away`: no answer, tries again when asked. `waiting`: somebody at the till has to confirm this phone.
 * `notPaired`: the till does not know this phone (any more): pair again.
 */
export type LinkState = 'idle' | 'connecting' | 'ready' | 'waiting' | 'away' | 'notPaired';

/** What a phone read, or a person typed. */
export interface PhoneScan {
  readonly text?: string;
  /** Where the bytes are no text. */
  readonly bytes?: Uint8Array;
  readonly symbology?: Symbology;
  /** Typed in by hand. */
  readonly kind?: CodeKind;
  readonly till?: string;
}

/** What the phone shows of a scan. */
export type ScanResult =
  | ({ readonly is: 'done'; readonly kind: CodeKind } & ScanEnd)
  | { readonly is: 'goods'; readonly handled: boolean }
  /**
   * Nothing reached the till: `stale` too old, `never` lost on the way, `away` the till does not answer and nothing was sent, `busy` another
   * read is under way, or why the till did not want it. Scanning again is safe.
   */
  | { readonly is: 'nothing'; readonly why: 'stale' | 'never' | 'away' | 'busy' | RefusedWhy }
  /** It may have reached the till: look there before scanning again. `away`: the till does not answer, it is asked again when it does. */
  | { readonly is: 'unknown'; readonly why: 'lost' | 'away' | 'slow' }
  /** The till does not know this phone (any more): pair again. */
  | { readonly is: 'notPaired' };
