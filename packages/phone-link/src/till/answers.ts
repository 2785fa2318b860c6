import { utf8 } from '../wire/bytes.js';
import { REFUSALS, type Refusal } from '../wire/refusals.js';
import type { LinkAnswer } from './ports.js';

/** A refusal: its status, and its word as the body. */
export function refuse(refusal: Refusal): LinkAnswer {
  return { status: REFUSALS[refusal].status, body: utf8(refusal), refusal };
}

export function sealed(body: Uint8Array): LinkAnswer {
  return { status: 200, body };
}
