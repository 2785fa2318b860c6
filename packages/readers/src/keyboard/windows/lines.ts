import type { KeyChange } from '../decode/key-change.js';
import type { HookRule } from './rule.js';

// What goes between us and the helper, in lines of ASCII. See keyboard-helper/protocol.md of this package.

/** The longest line: a read of 8192 keys with their times. Bytes. */
export const MAX_HELPER_LINE = 400_000;
const PROTOCOL = 1;

export type HelperLine =
  | { readonly kind: 'hello' }
  | { readonly kind: 'beat' }
  | { readonly kind: 'opened' }
  | { readonly kind: 'failed'; readonly missing: boolean; readonly problem: string }
  | { readonly kind: 'keys'; readonly seq: number; readonly keys: readonly KeyChange[] }
  | { readonly kind: 'gone' }
  | { readonly kind: 'closed' }
  /** Windows had taken the hook away; it is back. */
  | { readonly kind: 'rehooked'; readonly times: number };

export function startLine(rule: HookRule, mark: number): string {
  const { prefix, modifiers, ends, gapMs, least, device } = rule;
  return `start prefix=${String(prefix)} modifiers=${String(modifiers)} ends=${String(ends)} gap=${String(gapMs)} least=${String(least)} mark=${String(mark)}${device === '' ? '' : ` device=${device}`}\n`;
}

export const STOP_LINE = 'stop\n';

/** `undefined`: not a line of this protocol. */
export function parseLine(line: string): HelperLine | undefined {
  const [word, ...rest] = line.split(' ');
  switch (word) {
    case 'H':
      return rest[0] === String(PROTOCOL) ? { kind: 'hello' } : undefined;
    case 'B':
      return { kind: 'beat' };
    case 'O':
      return { kind: 'opened' };
    case 'F':
      return { kind: 'failed', missing: rest[0] === 'missing', problem: rest.slice(1).join(' ') };
    case 'K':
      return keys(rest);
    case 'G':
      return { kind: 'gone' };
    case 'C':
      return { kind: 'closed' };
    case 'R':
      return whole(rest[0]) === undefined ? undefined : { kind: 'rehooked', times: whole(rest[0]) ?? 0 };
    default:
      return undefined;
  }
}

const KEY = /^([0-9a-f]{1,2})([+-])(\d{1,17})$/;

function keys([first, ...rest]: readonly string[]): HelperLine | undefined {
  const seq = whole(first);
  if (seq === undefined) return undefined;
  const changes: KeyChange[] = [];
  for (const one of rest) {
    const [, usage, way, at] = KEY.exec(one) ?? [];
    if (usage === undefined || at === undefined) return undefined;
    changes.push({ usage: Number.parseInt(usage, 16), down: way === '+', at: Number(at) / 1000 });
  }
  return { kind: 'keys', seq, keys: changes };
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** Cuts what comes into lines; `undefined` once one is longer than any line of ours. */
export class HelperLines {
  #rest = '';

  push(chunk: string): readonly string[] | undefined {
    const lines = (this.#rest + chunk).split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > MAX_HELPER_LINE || lines.some(({ length }) => length > MAX_HELPER_LINE)) return undefined;
    return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line)).filter((line) => line !== '');
  }
}
