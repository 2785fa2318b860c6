import { Secret } from '@tillbridge/core';
import { z } from 'zod';
import { says } from './common.js';

/** Fewer characters can be guessed over a network. */
export const MIN_TOKEN = 16;
export const MAX_TOKEN = 256;

/** The secret of a part of a till program. It may stand in a path, so it consists of what needs no escaping there. */
export const token = z
  .custom<Secret>((value) => value instanceof Secret, says('inlineSecret'))
  // an empty one stands for a reference that failed: that was said already
  .refine((value) => new RegExp(`^$|^[A-Za-z0-9._~-]{${MIN_TOKEN},${MAX_TOKEN}}$`).test(value.reveal()), says('weakToken'))
  .meta({ type: 'string', pattern: '^\\$\\{(env|file):[^{}]+\\}$' });

/** The same for a part on this machine, which shows it to the API: letters, digits, `_`, `-`. */
export const localToken = z
  .custom<Secret>((value) => value instanceof Secret, says('inlineSecret'))
  .refine((value) => /^$|^[A-Za-z0-9_-]{16,200}$/.test(value.reveal()), says('weakLocalToken'))
  .meta({ type: 'string', pattern: '^\\$\\{(env|file):[^{}]+\\}$' });
