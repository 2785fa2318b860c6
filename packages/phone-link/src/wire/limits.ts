/** Version of everything in here: first byte of an invitation and of a message, `v` of every text. It rises with what an older side cannot read. */
export const WIRE_VERSION = 1;

/** Longest body of a request or an answer, in bytes. */
export const MAX_ENVELOPE = 8192;
/** Longest code, in bytes of UTF-8: the largest QR code holds 2,953 (ISO/IEC 18004, version 40-L). */
export const MAX_CODE_BYTES = 3072;
/** Longest name of a phone or a till, in UTF-16 units. */
export const MAX_NAME = 40;
/** Sealed texts are filled up with spaces to a multiple of this many bytes: their length tells nothing about the code. */
export const PADDING = 128;

/** How long an invitation can be used, in ms. */
export const INVITATION_MS = 120_000;
/** A phone that waits for somebody at the till to say yes is forgotten after this, in ms. */
export const CONFIRM_MS = 120_000;
/** A scan must name a tick that is not older than this, in ms. */
export const FRESH_MS = 15_000;
/** Longest age of a read, or of a tick, that a phone can name, in ms: anything above is as old as this. */
export const MAX_AGE_MS = 3_600_000;
/** A session ends after this long, and after this long without a message, in ms. */
export const SESSION_MS = 12 * 3_600_000;
export const SESSION_IDLE_MS = 30 * 60_000;
/** An answer to a scan or a question is held back for its outcome for at most this long, in ms. */
export const MAX_WAIT_MS = 20_000;
