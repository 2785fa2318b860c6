import { isTillbridgeError, Masked, type LogFields, type PartState } from '@tillbridge/core';
import type { WireProblem, WireState } from '../wire/messages.js';

const short = (text: string, max: number): string => (text.length > max ? text.slice(0, max) : text);

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
export const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

export function wireProblem(error: unknown): WireProblem {
  const message = short(error instanceof Error ? error.message : String(error), 1000);
  if (!isTillbridgeError(error)) return { message };
  const params = Object.entries(error.params).flatMap(([name, value]) => (value === undefined ? [] : [[name, value instanceof Masked ? value.masked : typeof value === 'string' ? short(value, 500) : value] as const]));
  return { message, code: error.code, params: Object.fromEntries(params) };
}

export function wireState({ status, reason, detail }: PartState): WireState {
  return { status, ...(reason === undefined ? {} : { reason: wireProblem(reason) }), ...(detail === undefined ? {} : { detail: short(detail, 300) }) };
}

/** At most so many fields of a log line leave the process. */
const MOST_FIELDS = 16;

export function wireFields(fields: LogFields = {}): Record<string, string | number | boolean | null> {
  const plain = (value: LogFields[string]): string | number | boolean | null => {
    if (value === undefined || value === null) return null;
    if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
    if (typeof value === 'boolean') return value;
    if (value instanceof Masked) return value.masked;
    return short(value instanceof Error ? value.message : typeof value === 'string' ? value : value.join(', '), 500);
  };
  return Object.fromEntries(Object.entries(fields).slice(0, MOST_FIELDS).map(([name, value]) => [short(name, 64), plain(value)]));
}
