import { Secret } from '@tillbridge/core';
import { z } from 'zod';
import { parseHostPort } from '../host-port.js';
import type { TextKey } from '../texts.js';

/** The sentence for a value that fails a check of ours; zod's own issues are put into words in `issues.ts`. */
export const says = (key: TextKey): { readonly error: TextKey } => ({ error: key });

/** Names of readers, tills and codes: they stand in commands, in scopes and in paths of the API. */
export const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, says('badId'));

/** A name that must not be one of the words that mean "nothing". */
export const id = name.refine((text) => !RESERVED.includes(text), says('reservedId'));
const RESERVED: readonly string[] = ['none', 'off'];

/** Milliseconds that must be a real time. */
export const ms = (min: number, max: number) => z.int().min(min).max(max);

/** Milliseconds, where `0`, `off` and `none` switch the thing off. */
export const msOrOff = (max: number) => z.union([z.int().min(0).max(max), z.enum(['off', 'none']).transform(() => 0)]);

export const filePath = z.string().min(1).max(4096).refine((text) => !text.startsWith('~'), says('badPath'));

export const hostPort = z
  .string()
  .refine((text) => parseHostPort(text) !== undefined, says('badHostPort'))
  .meta({ pattern: '^(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+):[0-9]{1,5}$' });

/** A value that must come from `${env:NAME}` or `${file:PATH}`; by the time zod sees it, it has been resolved. */
export const secret = z
  .custom<Secret>((value) => value instanceof Secret, says('inlineSecret'))
  .meta({ type: 'string', pattern: '^\\$\\{(env|file):[^{}]+\\}$' });

export const idList = (max: number) => z.array(name).min(1).max(max);
