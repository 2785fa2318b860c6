import type { Emit } from './device.ts';
import { BULK, endpointDescriptor, INTERRUPT, type ControlAnswer, type ControlRequest, type SendOn, type UsbFunction } from './usb-functions.ts';

/** Answers by the command's hex; a key may be a beginning of it. The longest that fits is taken. `never`: the card says nothing at all. */
export type ApduAnswers = Readonly<Record<string, string>>;

export interface CcidSpec {
  readonly kind: 'ccid';
  /** Answers of the card, and of the reader to `FF ...` commands, in hex with the status word; `6a81` for what is not named. */
  readonly apdus?: ApduAnswers;
  readonly atr?: Uint8Array;
}

/** A contactless storage card as readers announce it (PC/SC part 3, 3.1.3.2.3.1), MIFARE Classic 1K. */
const ATR = Buffer.from('3b8f8001804f0ca000000306030001000000006a', 'hex');
/** Class descriptor of an ACR122U: one slot, T=0 and T=1, short APDU level, messages of up to 271 bytes (USB-IF, CCID 1.1, table 5.1-1). */
const CLASS_DESCRIPTOR = Buffer.from(
  '36211001000703000000a00f0000a00f000000002a0000002a000000fe0000000000000000000000ba0402000f010000000000000001',
  'hex',
);
const PARAMETERS_T1 = Buffer.of(0x11, 0x10, 0, 0x4d, 0, 0xfe, 0);
const NO_SUCH = Buffer.of(0x6a, 0x81);
const DONE = Buffer.of(0x90, 0);
const ERROR_MUTE = 0xfe;

/** Messages (CCID 1.1, chapter 6). */
const ICC_POWER_ON = 0x62;
const ICC_POWER_OFF = 0x63;
const GET_SLOT_STATUS = 0x65;
const SET_PARAMETERS = 0x61;
const GET_PARAMETERS = 0x6c;
const RESET_PARAMETERS = 0x6d;
const XFR_BLOCK = 0x6f;
const ESCAPE = 0x6b;
const DATA_BLOCK = 0x80;
const SLOT_STATUS = 0x81;
const PARAMETERS = 0x82;
const ESCAPED = 0x83;

/** A card reader. Endpoint 0 of the function is bulk both ways, endpoint 1 tells of cards that come and go. */
export class CcidFunction implements UsbFunction {
  readonly interfaces = 1;
  readonly endpoints = 2;
  readonly #atr: Uint8Array;
  apdus: ApduAnswers;
  #present = false;
  #powered = false;
  #pending = Buffer.alloc(0);

  constructor(spec: CcidSpec) {
    this.#atr = spec.atr ?? ATR;
    this.apdus = spec.apdus ?? {};
  }

  describe(firstInterface: number, firstEndpoint: number): Uint8Array {
    return Uint8Array.from([
      ...[9, 4, firstInterface, 0, 3, 11, 0, 0, 0],
      ...CLASS_DESCRIPTOR,
      ...endpointDescriptor(0x80 | (firstEndpoint + 1), INTERRUPT, 8, 10),
      ...endpointDescriptor(firstEndpoint, BULK, 64, 0),
      ...endpointDescriptor(0x80 | firstEndpoint, BULK, 64, 0),
    ]);
  }

  control({ requestType, request }: ControlRequest): ControlAnswer {
    // ABORT, and the lists of clocks and rates
    if (requestType === 0x21 && request === 1) return 'ok';
    return requestType === 0xa1 ? Buffer.alloc(4) : 'stall';
  }

  /** A card is held against the reader, or taken away. */
  card(present: boolean, send: SendOn): void {
    this.#present = present;
    this.#powered = false;
    // NotifySlotChange: bit 0 present, bit 1 changed
    send(1, Uint8Array.of(0x50, present ? 3 : 2));
  }

  out(_endpoint: number, data: Buffer, send: SendOn, emit: Emit): void {
    this.#pending = Buffer.concat([this.#pending, data]);
    while (this.#pending.length >= 10) {
      const end = 10 + this.#pending.readUInt32LE(1);
      if (this.#pending.length < end) return;
      const message = this.#pending.subarray(0, end);
      this.#pending = this.#pending.subarray(end);
      const answer = this.#answer(message, emit);
      if (answer !== undefined) send(0, answer);
    }
  }

  /** `undefined`: none, ever. */
  #answer(message: Buffer, emit: Emit): Buffer | undefined {
    const type = message.readUInt8(0);
    const body = message.subarray(10);
    if (type === ICC_POWER_ON) {
      this.#powered = this.#present;
      return this.#reply(message, DATA_BLOCK, this.#present ? this.#atr : undefined);
    }
    if (type === XFR_BLOCK) {
      if (!this.#present) return this.#reply(message, DATA_BLOCK, undefined);
      emit('apdu', 0, Uint8Array.from(body));
      const answer = this.#apdu(body);
      return answer === 'never' ? undefined : this.#reply(message, DATA_BLOCK, answer);
    }
    if (type === ICC_POWER_OFF) this.#powered = false;
    if (type === ICC_POWER_OFF || type === GET_SLOT_STATUS) return this.#reply(message, SLOT_STATUS, Buffer.alloc(0));
    if (type === SET_PARAMETERS || type === GET_PARAMETERS || type === RESET_PARAMETERS) return this.#reply(message, PARAMETERS, PARAMETERS_T1, 1);
    if (type === ESCAPE) {
      emit('escape', 0, Uint8Array.from(body));
      return this.#reply(message, ESCAPED, DONE);
    }
    return this.#reply(message, SLOT_STATUS, Buffer.alloc(0));
  }

  #apdu(command: Buffer): Uint8Array | 'never' {
    const hex = command.toString('hex');
    const keys = Object.keys(this.apdus).filter((key) => hex.startsWith(key)).sort((a, b) => b.length - a.length);
    const answer = keys[0] === undefined ? undefined : this.apdus[keys[0]];
    if (answer === 'never') return answer;
    return answer === undefined ? NO_SUCH : Buffer.from(answer, 'hex');
  }

  /** `undefined` stands for a card that does not answer. */
  #reply(to: Buffer, type: number, body: Uint8Array | undefined, last = 0): Buffer {
    const header = Buffer.alloc(10);
    header.writeUInt8(type, 0);
    header.writeUInt32LE(body?.length ?? 0, 1);
    header.writeUInt8(to.readUInt8(5), 5);
    header.writeUInt8(to.readUInt8(6), 6);
    header.writeUInt8((this.#present ? (this.#powered ? 0 : 1) : 2) | (body === undefined ? 0x40 : 0), 7);
    header.writeUInt8(body === undefined ? ERROR_MUTE : 0, 8);
    header.writeUInt8(last, 9);
    return Buffer.concat([header, body ?? Buffer.alloc(0)]);
  }
}
