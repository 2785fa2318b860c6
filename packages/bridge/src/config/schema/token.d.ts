import { Secret } from '@tillbridge/core';
import { z } from 'zod';
/** Fewer characters can be guessed over a network. */
export declare const MIN_TOKEN = 16;
export declare const MAX_TOKEN = 256;
/** The secret of a part of a till program. It may stand in a path, so it consists of what needs no escaping there. */
export declare const token: z.ZodCustom<Secret, Secret>;
/** The same for a part on this machine, which shows it to the API: letters, digits, `_`, `-`. */
export declare const localToken: z.ZodCustom<Secret, Secret>;
