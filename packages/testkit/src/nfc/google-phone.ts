import { createCipheriv, createECDH, createHmac, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { isoDepAtr } from './atr.js';
import { hex, join, latin1, message, payloads, record, sw, tlv } from './bytes.js';
import { BaseCard, isSelect, ok, selects, SW, type Command } from './virtual-card.js';

export interface GooglePhoneOptions {
  readonly collectorId: number;
  /** PEM of the collector's public (or private) key by version, as registered with Google. */
  readonly keys: ReadonlyMap<number, string>;
  /** The pass: what the reader is to get. `undefined`: no pass of this collector. */
  readonly redemptionValue?: string;
  /** Bytes of one answer; default 250. Smaller ones make the reader ask for more. */
  readonly chunk?: number;
  /** Whether the second SELECT may be left out, as newer phones say; default false. */
  readonly skipSelect?: boolean;
  /** A bundle in place of the pass, before compression: for phones that lie. */
  readonly bundle?: Uint8Array;
}

/** What the guest's phone does at the next tap; every field may be changed between taps. */
export interface GooglePhoneMood {
  /** 9300 */
  locked: boolean;
  /** 9302: the guest is shown several passes. */
  mustChoose: boolean;
  /** Says "try again" (9201) once at this command. */
  transient: 'negotiate' | 'getData' | undefined;
  compress: boolean;
  /** Spoils the HMAC. */
  forge: boolean;
}

type State = 'idle' | 'wallet' | 'smartTap' | 'negotiated' | 'sending';
type Event = 'selectWallet' | 'selectSmartTap' | 'selectOther' | 'negotiate' | 'getData' | 'getMore' | 'unknown';
/** Where an event may lead; a number is the status word of a refusal (kormax/android-universal-reader, SmartTapStatus). */
type Table = Readonly<Record<State, Readonly<Record<Event, State | number>>>>;

const LOST = SW.conditions;
const NEXT: Table = {
  idle: { selectWallet: 'wallet', selectSmartTap: 'smartTap', selectOther: SW.notFound, negotiate: LOST, getData: LOST, getMore: LOST, unknown: SW.unknownInstruction },
  wallet: { selectWallet: 'wallet', selectSmartTap: 'smartTap', selectOther: SW.notFound, negotiate: 'negotiated', getData: 0x9407, getMore: 0x9404, unknown: 0x9400 },
  smartTap: { selectWallet: 'wallet', selectSmartTap: 'smartTap', selectOther: SW.notFound, negotiate: 'negotiated', getData: 0x9407, getMore: 0x9404, unknown: 0x9400 },
  negotiated: { selectWallet: 'wallet', selectSmartTap: 'smartTap', selectOther: SW.notFound, negotiate: 'negotiated', getData: 'sending', getMore: 0x9404, unknown: 0x9400 },
  sending: { selectWallet: 'wallet', selectSmartTap: 'smartTap', selectOther: SW.notFound, negotiate: 'negotiated', getData: 'sending', getMore: 'sending', unknown: 0x9400 },
};

const WALLET = latin1('OSE.VAS.01');
const SMART_TAP = hex('A000000476D0000111');

/** The session as both sides know it. */
interface Session {
  readonly id: Uint8Array;
  readonly aes: Uint8Array;
  readonly hmac: Uint8Array;
  sequence: number;
}

/** An Android phone with Google Wallet, Smart Tap 2.1 (google-pay/smart-tap-sample-app): checks the reader's signature, encrypts, cuts in pieces. */
export class GoogleWalletPhone extends BaseCard {
  readonly atr = isoDepAtr();
  readonly mood: GooglePhoneMood = { locked: false, mustChoose: false, transient: undefined, compress: true, forge: false };
  readonly #options: GooglePhoneOptions;
  readonly #ephemeral = createECDH('prime256v1');
  #state: State = 'idle';
  #nonce: Uint8Array = randomBytes(32);
  #session: Session | undefined;
  #pending: Uint8Array = new Uint8Array(0);

  constructor(options: GooglePhoneOptions) {
    super(hex('08DEC0DE'));
    this.#options = options;
    this.#ephemeral.generateKeys();
  }

  override reset(): void {
    this.#state = 'idle';
    this.#session = undefined;
    this.#nonce = randomBytes(32);
    this.#ephemeral.generateKeys();
  }

  protected command(command: Command): Uint8Array {
    const event = eventOf(command);
    const next = NEXT[this.#state][event];
    if (typeof next === 'number') {
      if (event === 'selectOther') this.#state = 'idle';
      return sw(next);
    }
    const before = this.#state;
    this.#state = next;
    const answer = this.#act(event, command);
    // a refused negotiation or request leads nowhere
    if (answer.length === 2 && event !== 'getMore') this.#state = before;
    return answer;
  }

  #act(event: Event, { data }: Command): Uint8Array {
    switch (event) {
      case 'selectWallet':
        return ok(this.#fci());
      case 'selectSmartTap':
        return ok(hex('00000001'), record(0x04, 'mdn', 'mdn', join([0x04], this.#nonce)));
      case 'negotiate':
        return this.#negotiate(data);
      case 'getData':
        return this.#getData(data);
      case 'getMore':
        return this.#piece();
      case 'selectOther':
      case 'unknown':
        return sw(SW.unknownInstruction);
    }
  }

  #fci(): Uint8Array {
    const versions = tlv('73', tlv('DF6D', hex('0000')), tlv('DF4D', hex('0001')), tlv('DF62', [this.#options.skipSelect === true ? 0x03 : 0x02]));
    const entry = tlv('61', tlv('4F', SMART_TAP), tlv('87', [0x01]), versions);
    return tlv(
      '6F',
      tlv('50', latin1('AndroidPay')), tlv('C0', hex('0001')), tlv('C1', hex('CC00000000008080')),
      tlv('C2', this.#nonce), tlv('C3', this.#ephemeral.getPublicKey(null, 'compressed')), tlv('A5', tlv('BF0C', entry)),
    );
  }

  #negotiate(data: Uint8Array): Uint8Array {
    if (this.mood.locked) return sw(0x9300);
    if (this.#transient('negotiate')) return sw(0x9201);
    try {
      const request = payloads(part(payloads(data), 'ngr').subarray(2));
      const ses = part(request, 'ses');
      const cpr = part(request, 'cpr');
      const readerKey = cpr.subarray(33, 66);
      const proof = payloads(cpr.subarray(70));
      const collector = part(proof, 'cld').subarray(1);
      const signature = part(proof, 'sig').subarray(1);
      const signed = join(cpr.subarray(0, 32), this.#nonce, collector, readerKey);
      if (!this.#trusts(Buffer.from(cpr).readUInt32BE(66), collector, signed, signature)) return sw(0x9500);
      const deviceKey = this.#ephemeral.getPublicKey(null, 'compressed');
      const keys = new Uint8Array(hkdfSync('sha256', this.#ephemeral.computeSecret(readerKey), deviceKey, join(signed, signature), 48));
      this.#session = { id: ses.slice(0, 8), aes: keys.subarray(0, 16), hmac: keys.subarray(16), sequence: (ses[8] ?? 0) + 1 };
      return ok(message(['nrs', message(['ses', this.#ses(this.#session)], ['dpk', deviceKey])]));
    } catch {
      return sw(0x9402);
    }
  }

  #trusts(version: number, collector: Uint8Array, signed: Uint8Array, signature: Uint8Array): boolean {
    const key = this.#options.keys.get(version);
    if (key === undefined || Buffer.from(collector).readUInt32BE() !== this.#options.collectorId) return false;
    return verify('sha256', signed, { key: createPublicKey(key), dsaEncoding: 'der' }, signature);
  }

  #getData(data: Uint8Array): Uint8Array {
    const session = this.#session;
    if (session === undefined) return sw(0x9407);
    if (this.mood.mustChoose) return sw(0x9302);
    if (this.#transient('getData')) return sw(0x9201);
    try {
      const request = payloads(part(payloads(data), 'srq').subarray(2));
      const ses = part(request, 'ses');
      if (Buffer.compare(ses.subarray(0, 8), session.id) !== 0 || (ses[8] ?? 0) <= session.sequence) return sw(0x9402);
      session.sequence = (ses[8] ?? 0) + 1;
      if (part(payloads(part(request, 'mer')), 'cld').length !== 5) return sw(0x9407);
      part(payloads(part(request, 'slr')), 'str');
    } catch {
      return sw(0x9402);
    }
    const bundle = this.#options.bundle ?? this.#pass();
    if (bundle === undefined) return sw(0x9001);
    const reb = join([this.mood.compress ? 0x03 : 0x01], this.#seal(session, this.mood.compress ? deflateSync(bundle) : bundle));
    this.#pending = message(['srs', message(['ses', this.#ses(session)], ['reb', reb])]);
    return this.#piece();
  }

  #pass(): Uint8Array | undefined {
    const { redemptionValue } = this.#options;
    if (redemptionValue === undefined) return undefined;
    const issuer = record(0x04, 'i', '', hex('04010133EE8001'), true, false);
    const object = join(
      record(0x04, 'oid', '', hex('040102030405060708'), true, false),
      record(0x01, 'T', 'n', join([0x00], Buffer.from(redemptionValue, 'utf8')), false, true),
    );
    return message(['asv', join(issuer, record(0x04, 'ly', '', object, false, true))]);
  }

  #seal({ aes, hmac }: Session, plain: Uint8Array): Uint8Array {
    const iv = randomBytes(12);
    const body = join(iv, createCipheriv('aes-128-ctr', aes, join(iv, [0, 0, 0, 0])).update(plain));
    const check = createHmac('sha256', hmac).update(body).digest();
    if (this.mood.forge) check[0] = (check[0] ?? 0) ^ 0x01;
    return join(body, check);
  }

  /** The next piece of what is to be sent: 9100 while more is left. */
  #piece(): Uint8Array {
    if (this.#pending.length === 0) return sw(0x9405);
    const piece = this.#pending.subarray(0, this.#options.chunk ?? 250);
    this.#pending = this.#pending.subarray(piece.length);
    return join(piece, sw(this.#pending.length > 0 ? 0x9100 : 0x9000));
  }

  #ses({ id, sequence }: Session): Uint8Array {
    return join(id, [sequence, 0x01]);
  }

  #transient(at: 'negotiate' | 'getData'): boolean {
    if (this.mood.transient !== at) return false;
    this.mood.transient = undefined;
    return true;
  }
}

function eventOf(command: Command): Event {
  if (isSelect(command)) {
    if (selects(command, WALLET)) return 'selectWallet';
    return selects(command, SMART_TAP) ? 'selectSmartTap' : 'selectOther';
  }
  if (command.cla !== 0x90) return 'unknown';
  switch (command.ins) {
    case 0x53:
      return 'negotiate';
    case 0x50:
      return 'getData';
    case 0xc0:
      return 'getMore';
    default:
      return 'unknown';
  }
}

function part(records: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array {
  const found = records.get(name);
  if (found === undefined) throw new RangeError(`there is no ${name}`);
  return found;
}
