import { PASS, refuse, type Verdict } from './verdict.js';

/** A request body, or a frame from a client, may have this many bytes. */
export const MAX_REQUEST_BYTES = 64 * 1024;

/** Sixth guard, before anything is read: what the request says of its own length. Without a length the reading itself is bounded. */
export function checkSize(contentLength: string | undefined): Verdict {
  if (contentLength === undefined) return PASS;
  const length = Number(contentLength);
  return /^\d{1,15}$/.test(contentLength) && length <= MAX_REQUEST_BYTES ? PASS : refuse('size', 413);
}
