import { join, sw } from './bytes.js';

/** A command APDU in its parts. */
export interface Command {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data: Uint8Array;
  /** How many bytes are wanted; 0 for "all"; undefined where the command has no such byte. */
  readonly le: number | undefined;
}

/**
 * A card or phone as a contactless reader shows it: it answers commands, one at a time. What is behind a real reader's pseudo commands
 * (`FF CA` UID, `FF B0` read, `FF 00 40` light and buzzer) is answered here too.
 */
export interface VirtualCard {
  /** Answer to reset, as PC/SC makes it up for contactless cards. */
  readonly atr: Uint8Array;
  /** The answer, status word included. Never throws. */
  respond(apdu: Uint8Array): Uint8Array | Promise<Uint8Array>;
  /** The card came into the field: nothing selected, nothing authenticated. */
  reset(): void;
}

/** The short form of an APDU (ISO 7816-4, 5.1); `undefined` for what is none. */
export function parseCommand(apdu: Uint8Array): Command | undefined {
  const [cla, ins, p1, p2, p3] = apdu;
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) return undefined;
  const head = { cla, ins, p1, p2 };
  if (p3 === undefined) return { ...head, data: new Uint8Array(0), le: undefined };
  if (apdu.length === 5) return { ...head, data: new Uint8Array(0), le: p3 };
  if (p3 === 0 || (apdu.length !== 5 + p3 && apdu.length !== 6 + p3)) return undefined;
  return { ...head, data: apdu.slice(5, 5 + p3), le: apdu.length === 6 + p3 ? apdu.at(-1) : undefined };
}

export const SW = {
  ok: 0x9000, wrongLength: 0x6700, security: 0x6982, conditions: 0x6985, wrongData: 0x6a80, unsupported: 0x6a81, notFound: 0x6a82,
  wrongParameters: 0x6b00, unknownInstruction: 0x6d00, unknownClass: 0x6e00, pseudoFailed: 0x6300,
} as const;

export function ok(...data: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  return join(...data, sw(SW.ok));
}

/** What all virtual cards have in common: the UID, the reader's own commands, a count of what was asked. */
export abstract class BaseCard implements VirtualCard {
  abstract readonly atr: Uint8Array;
  /** As the reader gives it; `undefined`: the reader has none for it. */
  readonly uid: Uint8Array | undefined;
  /** Commands to the reader's light and buzzer while this card lay on it, oldest first: the whole APDUs. */
  readonly signals: Uint8Array[] = [];
  #commands = 0;

  constructor(uid: Uint8Array | undefined) {
    this.uid = uid;
  }

  /** How many commands it was sent. */
  get commands(): number {
    return this.#commands;
  }

  respond(apdu: Uint8Array): Uint8Array {
    this.#commands += 1;
    const command = parseCommand(apdu);
    if (command === undefined) return sw(SW.wrongLength);
    const { cla, ins, p1 } = command;
    if (cla === 0xff && ins === 0xca && p1 === 0x00) return this.uid === undefined ? sw(SW.unsupported) : ok(this.uid);
    if (cla === 0xff && ins === 0x00 && p1 === 0x40) {
      this.signals.push(apdu.slice());
      // ACR122U API 2.04, 6.2: SW2 is the state of the lights
      return sw(0x9002);
    }
    return this.command(command);
  }

  reset(): void {
    // most cards forget nothing
  }

  /** Everything but the reader's own commands. */
  protected abstract command(command: Command): Uint8Array;
}

/** Compares an AID with the data of a SELECT by name; also a partial one selects, as on real cards. */
export function selects(command: Command, aid: Uint8Array): boolean {
  if (command.cla !== 0x00 || command.ins !== 0xa4 || command.p1 !== 0x04) return false;
  return command.data.length >= 5 && command.data.every((byte, at) => byte === aid[at]);
}

export function isSelect(command: Command): boolean {
  return command.cla === 0x00 && command.ins === 0xa4 && command.p1 === 0x04;
}
