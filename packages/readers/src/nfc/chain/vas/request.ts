import { command } from '../wire/apdu.js';
import { ascii, concat } from '../wire/bytes.js';
import { encodeTlv } from '../wire/tlv.js';
import type { CompiledPass } from '../options.js';

/** The longest sign-up address that leaves room for the rest in one short command. */
export const MAX_SIGNUP_URL = 128;

const VERSION = Uint8Array.of(0x01, 0x00);
/** "Full VAS": give the pass. 00 would only offer the address to sign up. */
const FULL = 0x01;
/** Byte 1, bit 7: we do VAS. Byte 3, low bits: 10 = passes only, no payment. */
const VAS_SUPPORTED = 0x80;
const PASS_ONLY = 0x02;
const MORE_FOLLOW = 0x80;

/** GET VAS DATA for one pass type: version, merchant (SHA-256 of the pass type identifier), what the terminal can do, where to sign up. */
export function vasRequest({ merchant, signupUrl }: Pick<CompiledPass, 'merchant' | 'signupUrl'>, last: boolean): Uint8Array {
  const capabilities = Uint8Array.of(0x00, VAS_SUPPORTED, 0x00, PASS_ONLY | (last ? 0 : MORE_FOLLOW));
  const data = concat(
    encodeTlv(0x9f22, VERSION),
    encodeTlv(0x9f25, merchant),
    encodeTlv(0x9f26, capabilities),
    // a nonce that the phone does not use (proxmark3 sends zeros)
    encodeTlv(0x9f28, new Uint8Array(4)),
    signupUrl === undefined ? new Uint8Array(0) : encodeTlv(0x9f29, ascii(signupUrl)),
  );
  return command([0x80, 0xca, 0x01, FULL], data, 0x00);
}
