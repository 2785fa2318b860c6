import { SYMBOLOGIES, type CodeKind, type Symbology } from '@tillbridge/core';
import { fromHex, textOf, utf8 } from './bytes.js';
import { MAX_AGE_MS, MAX_CODE_BYTES, MAX_NAME, MAX_WAIT_MS } from './limits.js';
import type { PairRequest, PhoneRequest, ScanRequest } from './texts.js';

type Fields = Readonly<Record<string, unknown>>;

export const SCAN_ID = /^[\w-]{22}$/;
/** What a till's own run is called. */
export const RUN_ID = /^[\w-]{8}$/;
const TILL = /^[A-Za-z0-9][\w.-]{0,63}$/;
const KINDS: readonly CodeKind[] = ['card', 'coupon', 'phone', 'goods'];

/** A person's words: no control characters, none that turn the text round, not long. */
export function cleanName(value: unknown): string {
  if (typeof value !== 'string') return '';
  const clean = value.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, '').replace(/\s+/gu, ' ').trim();
  // never half of a surrogate pair
  return clean.slice(0, MAX_NAME).replace(/[\uD800-\uDBFF]$/, '').trim();
}

export function readPairRequest(fields: Fields): PairRequest {
  return { v: 1, name: cleanName(fields['name']), model: cleanName(fields['model']) };
}

/** What a phone asks; undefined where it is nothing that there is. */
export function readPhoneRequest(fields: Fields): PhoneRequest | undefined {
  switch (fields['t']) {
    case 'tick':
      return { v: 1, t: 'tick', ...waitOf(fields) };
    case 'leave':
      return { v: 1, t: 'leave' };
    case 'ask': {
      const { id, run } = fields;
      if (typeof id !== 'string' || !SCAN_ID.test(id) || typeof run !== 'string' || !RUN_ID.test(run)) return undefined;
      return { v: 1, t: 'ask', id, run, ...waitOf(fields) };
    }
    case 'scan':
      return readScan(fields);
    default:
      return undefined;
  }
}

function readScan(fields: Fields): ScanRequest | undefined {
  const { id, code, hex, sym, kind, till, tick, at, age, since } = fields;
  if (typeof id !== 'string' || !SCAN_ID.test(id) || typeof tick !== 'number' || !Number.isSafeInteger(tick)) return undefined;
  if ((typeof code === 'string') === (typeof hex === 'string')) return undefined;
  if (till !== undefined && (typeof till !== 'string' || !TILL.test(till))) return undefined;
  if (kind !== undefined && !isKind(kind)) return undefined;
  return {
    ...{ v: 1, t: 'scan', id, tick },
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof hex === 'string' ? { hex } : {}),
    // a newer phone may know one that this till does not
    ...(sym === undefined ? {} : { sym: isSymbology(sym) ? sym : 'other' }),
    ...(kind === undefined ? {} : { kind }),
    ...(till === undefined ? {} : { till }),
    ...(typeof at === 'number' && Number.isFinite(at) ? { at } : {}),
    ...(isSpan(age) ? { age: Math.min(MAX_AGE_MS, age) } : {}),
    ...(isSpan(since) ? { since: Math.min(MAX_AGE_MS, since) } : {}),
    ...waitOf(fields),
  };
}

/** The bytes of a read; undefined where there are none, too many, or half a character. */
export function scanBytes({ code, hex }: Pick<ScanRequest, 'code' | 'hex'>): Uint8Array | undefined {
  const bytes = code === undefined ? fromHex(hex ?? '') : utf8(code);
  // half a surrogate pair has no bytes of its own: it would arrive as another text
  if (bytes !== undefined && code !== undefined && textOf(bytes) !== code) return undefined;
  return bytes === undefined || bytes.length === 0 || bytes.length > MAX_CODE_BYTES ? undefined : bytes;
}

function waitOf({ wait }: Fields): { readonly wait?: number } {
  return typeof wait === 'number' && wait > 0 ? { wait: Math.min(MAX_WAIT_MS, wait) } : {};
}

function isSpan(value: unknown): value is number {
  return typeof value === 'number' && value >= 0;
}

function isKind(value: unknown): value is CodeKind {
  return KINDS.some((kind) => kind === value);
}

function isSymbology(value: unknown): value is Symbology {
  return SYMBOLOGIES.some((symbology) => symbology === value);
}
