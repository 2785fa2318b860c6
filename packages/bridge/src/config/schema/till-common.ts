import { z } from 'zod';
import { id, ms, msOrOff, says } from './common.js';

export const tillId = id.describe('Name of this till: letters, digits, `.`, `_`, `-`.');

/** The rules of delivery of one till. Times are in milliseconds. */
export const delivery = (expireMs: number) => ({
  expireMs: ms(100, 600_000).default(expireMs).describe(`How long after the read a loyalty number may still be delivered, in ms (100 to 600000, default ${expireMs}).`),
  duplicateMs: msOrOff(600_000).default(2000).describe('The same loyalty code within this time is one scan, in ms (0 to 600000; 0 or off: never).'),
});

/** Where a till program answers: http or https, without a password in it. */
export const httpAddress = z
  .string()
  .max(2048)
  .refine((text) => httpUrl(text) !== undefined, says('badUrl'))
  .refine((text) => !hasCredentials(text), says('urlCredentials'))
  .meta({ format: 'uri', pattern: '^https?://' });

function httpUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url : undefined;
}

function hasCredentials(text: string): boolean {
  const url = httpUrl(text);
  return url !== undefined && (url.username !== '' || url.password !== '');
}
