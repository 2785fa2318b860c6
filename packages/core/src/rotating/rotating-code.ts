/**
 * The text of a rotating code (firmware-docs/rotating-code.md): `TB1`, key id, time step, guest's number, signature; at most 120 characters,
 * so that it fits a QR of version 7. Pure: signing and checking are somebody else's.
 */
export interface RotatingCode {
  /** Four of A-Z and 0-9. */
  readonly kid: string;
  /** Unix time divided by the step length of the key set, rounded down. */
  readonly step: number;
  /** The guest's number: 1 to 21 of letters, digits, `.`, `_`, `-`. */
  readonly guest: string;
  /** Ed25519, 64 bytes as 86 characters of base64url. */
  readonly signature: string;
}

export const ROTATING_PREFIX = 'TB1';
export const MAX_ROTATING_LENGTH = 120;
/** Highest time step: six digits to the base of 36. With steps of one second this lasts until 2038 and long after with 30. */
export const MAX_ROTATING_STEP = 36 ** 6 - 1;

const SIGNATURE_LENGTH = 86;
const HEAD = /^TB1([A-Z0-9]{4})([0-9A-Z]{6})([A-Za-z0-9._-]{1,21})$/;
/** 64 bytes leave four bits of the last character unused: they must be zero, or one code would have sixteen texts. */
const SIGNATURE = /^[A-Za-z0-9_-]{85}[AQgw]$/;

/** The parts of a rotating code, or `undefined` where the text is none. Says nothing about its signature. */
export function parseRotatingCode(text: string): RotatingCode | undefined {
  if (text.length > MAX_ROTATING_LENGTH) return undefined;
  const signature = text.slice(-SIGNATURE_LENGTH);
  const [, kid, step, guest] = HEAD.exec(text.slice(0, -SIGNATURE_LENGTH)) ?? [];
  if (kid === undefined || step === undefined || guest === undefined || !SIGNATURE.test(signature)) return undefined;
  return { kid, step: Number.parseInt(step, 36), guest, signature };
}

/** The text up to its signature. @throws {RangeError} when a part is out of its bounds */
export function rotatingHead({ kid, step, guest }: Omit<RotatingCode, 'signature'>): string {
  const head = `${ROTATING_PREFIX}${kid}${step.toString(36).toUpperCase().padStart(6, '0')}${guest}`;
  if (!Number.isInteger(step) || step < 0 || step > MAX_ROTATING_STEP || !HEAD.test(head)) throw new RangeError('a part of the rotating code is out of its bounds');
  return head;
}

/**
 * What is signed, as ASCII. The first line keeps a signature of this format from being one of anything else, the second one issuer's
 * codes from being another's.
 */
export function rotatingMessage(issuer: string, head: string): string {
  return `tillbridge-rotating-code-1\n${issuer}\n${head}`;
}

/** The time step of a moment. `wall`: Unix time in ms. */
export function rotatingStep(wall: number, stepSeconds: number): number {
  return Math.floor(wall / 1000 / stepSeconds);
}
