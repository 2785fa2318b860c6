import { createCipheriv, createECDH, createHash, createPublicKey } from 'node:crypto';
import type { Clock } from '@tillbridge/core';
import { isoDepAtr } from './atr.js';
import { hex, join, latin1, sw, tlv } from './bytes.js';
import { BaseCard, isSelect, ok, selects, SW, type Command } from './virtual-card.js';

/** A pass in the virtual Apple Wallet. */
export interface ApplePass {
  /** Pass type identifier. */
  readonly id: string;
  /** PEM of the public (or private) key that the pass was issued for, P-256. */
  readonly key: string;
  /** At most 64 bytes, as in a real pass. */
  readonly message: string;
}

export interface ApplePhoneOptions {
  readonly passes: readonly ApplePass[];
  readonly clock: Clock;
}

/** What the guest's phone does at the next tap; every field may be changed between taps. */
export interface ApplePhoneMood {
  /** The pass wants Face ID first: 6287. */
  locked: boolean;
  /** The guest must choose: 6984. */
  mustChoose: boolean;
  /** The older key derivation. */
  legacy: boolean;
  /** Gives the cryptogram of the last tap again, as an imitation of a phone would. */
  replay: boolean;
  /** By how much the phone's clock is ahead, in ms. */
  clockOffsetMs: number;
}

const APPLE_EPOCH_MS = 978_307_200_000;
const WALLET = hex('4F53452E5641532E3031');

/**
 * An iPhone with passes, as kormax/apple-vas describes it: SELECT OSE.VAS.01, GET DATA, cryptograms made anew at each tap. What real
 * phones show about users (Face ID, selection by polling) is reduced to {@link ApplePhoneMood}.
 */
export class AppleWalletPhone extends BaseCard {
  readonly atr = isoDepAtr();
  readonly mood: ApplePhoneMood = { locked: false, mustChoose: false, legacy: false, replay: false, clockOffsetMs: 0 };
  /** SHA-256 of the pass type identifiers that were asked for, in hex, oldest first. */
  readonly asked: string[] = [];
  readonly #options: ApplePhoneOptions;
  #selected = false;
  #last: Uint8Array | undefined;

  constructor(options: ApplePhoneOptions) {
    super(hex('08C0FFEE'));
    this.#options = options;
  }

  override reset(): void {
    this.#selected = false;
  }

  protected command(command: Command): Uint8Array {
    if (isSelect(command)) {
      this.#selected = selects(command, WALLET) && command.data.length === WALLET.length;
      if (!this.#selected) return sw(SW.notFound);
      return ok(tlv('6F', tlv('50', latin1('ApplePay')), tlv('9F21', hex('0100')), tlv('9F24', hex('E9CAEDE3')), tlv('9F23', hex('0000003E'))));
    }
    if (!this.#selected) return sw(SW.conditions);
    if (command.cla !== 0x80 || command.ins !== 0xca) return sw(SW.unknownInstruction);
    if (command.p1 !== 0x01 || command.p2 > 0x01) return sw(SW.wrongParameters);
    return this.#getData(command.data);
  }

  #getData(data: Uint8Array): Uint8Array {
    const request = objects(data);
    const merchant = request.get('9f25');
    if (request.get('9f22') !== '0100' || merchant?.length !== 64 || request.get('9f26')?.length !== 8) return sw(SW.wrongData);
    this.asked.push(merchant);
    const pass = this.#options.passes.find(({ id }) => createHash('sha256').update(id).digest('hex') === merchant);
    if (pass === undefined) return sw(0x6a83);
    if (this.mood.locked) return sw(0x6287);
    if (this.mood.mustChoose) return sw(0x6984);
    if (!this.mood.replay || this.#last === undefined) this.#last = this.#seal(pass);
    return ok(tlv('70', tlv('9F2A'), tlv('9F27', this.#last)));
  }

  #seal({ id, key, message }: ApplePass): Uint8Array {
    const jwk = createPublicKey(key).export({ format: 'jwk' });
    const [x, y] = [Buffer.from(jwk.x ?? '', 'base64url'), Buffer.from(jwk.y ?? '', 'base64url')];
    const ephemeral = createECDH('prime256v1');
    const point = ephemeral.generateKeys();
    const secret = ephemeral.computeSecret(join([0x04], x, y));
    const merchant = createHash('sha256').update(id).digest();
    const party = latin1('ApplePay encrypted VAS data');
    const info = this.mood.legacy ? party : join([13], latin1('id-aes256-GCM'), party, merchant);
    const derived = createHash('sha256').update(join(secret, [0, 0, 0, 1], info)).digest();
    const cipher = createCipheriv('aes-256-gcm', derived, Buffer.alloc(16));
    if (this.mood.legacy) cipher.setAAD(merchant);
    const stamp = Buffer.alloc(4);
    stamp.writeUInt32BE(Math.floor((this.#options.clock.wall() + this.mood.clockOffsetMs - APPLE_EPOCH_MS) / 1000));
    const sealed = join(cipher.update(join(stamp, Buffer.from(message, 'utf8'))), cipher.final(), cipher.getAuthTag());
    return join(createHash('sha256').update(x).digest().subarray(0, 4), point.subarray(1, 33), sealed);
  }
}

/** The objects of the request: two-byte tags with lengths of one byte, values in hex. */
function objects(bytes: Uint8Array): Map<string, string> {
  const text = Buffer.from(bytes).toString('hex');
  const found = new Map<string, string>();
  for (let at = 0; at + 6 <= text.length; ) {
    const length = Number.parseInt(text.slice(at + 4, at + 6), 16) * 2;
    found.set(text.slice(at, at + 4), text.slice(at + 6, at + 6 + length));
    at += 6 + length;
  }
  return found;
}
