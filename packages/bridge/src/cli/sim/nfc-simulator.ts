import { sleep, TillbridgeError, type Cancel, type Clock } from '@tillbridge/core';
import { AppleWalletPhone, FaultyCard, GoogleWalletPhone, HcePhone, noFaults, parseCommand, VpcdSlot, type NfcFaults, type VirtualCard } from '@tillbridge/testkit';
import type { HostPort } from '../../config/host-port.js';
import type { ControlRoute } from './control-server.js';
import { described, makeCard, nfcCard, nfcFaults, nfcMood, type NfcCard, type NfcFaultSettings, type NfcMood } from './nfc-cards.js';
import { z } from 'zod';

/** Commands that are remembered for `GET /log`. */
const LOG_LINES = 500;
/** pcscd looks every 400 ms whether the card is still there: an empty slot for less than that, in ms, is not noticed. */
const GAP_MS = 500;
const tap = z.strictObject({ card: nfcCard.exactOptional(), ms: z.int().min(1).max(60_000).default(1000) });

/** A command that the program under test sent; neither its data nor the answer's. */
interface LogLine {
  readonly command: string;
  readonly dataBytes: number;
  readonly status: string;
  readonly answerBytes: number;
}

/** A virtual slot, the card in it, and the dial of faults: the state behind `tillbridge sim nfc`. */
export class NfcSimulator {
  readonly #clock: Clock;
  readonly #address: HostPort;
  readonly #slot: VpcdSlot;
  readonly #gapMs: number;
  readonly #log: LogLine[] = [];
  #description: NfcCard | undefined;
  #card: VirtualCard | undefined;
  #mood: NfcMood = {};
  #faults: NfcFaultSettings = {};
  #faulty: FaultyCard | undefined;
  #cancelTap: Cancel = () => undefined;
  #commands = 0;
  /** Calls that change the slot, one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  /** @param gapMs how long the slot stays empty between two cards */
  constructor(address: HostPort, clock: Clock, gapMs = GAP_MS) {
    this.#gapMs = gapMs;
    this.#address = address;
    this.#clock = clock;
    this.#slot = new VpcdSlot(address);
  }

  /** The control API. */
  get routes(): readonly ControlRoute[] {
    return [
      { method: 'GET', path: '/state', handle: () => this.state() },
      { method: 'GET', path: '/log', handle: () => ({ commands: this.#log }) },
      { method: 'POST', path: '/card', handle: (body) => this.insert(body) },
      { method: 'DELETE', path: '/card', handle: () => this.remove() },
      { method: 'POST', path: '/tap', handle: (body) => this.tap(body) },
      { method: 'PUT', path: '/mood', handle: (body) => this.setMood(body) },
      { method: 'PUT', path: '/faults', handle: (body) => this.setFaults(body) },
    ];
  }

  state(): Record<string, unknown> {
    const { host, port } = this.#address;
    return { slot: `${host}:${port}`, inserted: this.#slot.occupied, card: this.#description?.type ?? null, commands: this.#commands, mood: this.#mood, faults: this.#faults };
  }

  /** Lays a card on the reader, in place of the one there; without a description the last one again. */
  insert(body: unknown): Promise<Record<string, unknown>> {
    return this.#inTurn(async () => {
      if (body !== undefined) this.#take(described(nfcCard, body, 'card'));
      await this.#insert();
      return this.state();
    });
  }

  remove(): Promise<Record<string, unknown>> {
    return this.#inTurn(async () => {
      this.#cancelTap();
      await this.#slot.remove();
      return this.state();
    });
  }

  /** Inserts and takes away again after `ms`. */
  tap(body: unknown): Promise<Record<string, unknown>> {
    return this.#inTurn(async () => {
      const { card, ms } = described(tap, body ?? {}, 'tap');
      if (card !== undefined) this.#take(card);
      await this.#insert();
      this.#cancelTap = this.#clock.timer(ms, () => void this.remove());
      return this.state();
    });
  }

  /** What the phone does from now on; what is left out is as at first. */
  setMood(body: unknown): Record<string, unknown> {
    this.#mood = described(nfcMood, body ?? {}, 'mood');
    this.#applyMood();
    return this.state();
  }

  /** Sets the whole dial, also for the card that is there; `{}` is no faults. */
  setFaults(body: unknown): Record<string, unknown> {
    this.#faults = described(nfcFaults, body ?? {}, 'faults');
    if (this.#faulty !== undefined) Object.assign(this.#faulty.faults, toDial(this.#faults));
    return this.state();
  }

  async close(): Promise<void> {
    await this.remove();
  }

  #take(description: NfcCard): void {
    this.#card = makeCard(description, this.#clock);
    this.#description = description;
    this.#applyMood();
  }

  async #insert(): Promise<void> {
    if (this.#card === undefined) throw new TillbridgeError('TB_CONFIG_USAGE', { problem: 'there is no card yet: describe one, such as {"type":"uid","uid":"B2C124CB"}' });
    this.#cancelTap();
    if (this.#slot.occupied) {
      await this.#slot.remove();
      if (this.#gapMs > 0) await sleep(this.#clock, this.#gapMs);
    }
    const faulty = new FaultyCard(this.#watched(this.#card), this.#clock);
    Object.assign(faulty.faults, toDial(this.#faults));
    faulty.onRemoved = () => void this.remove();
    this.#faulty = faulty;
    const { host, port } = this.#address;
    await this.#slot.insert(faulty).catch((error: unknown) => {
      throw new TillbridgeError('TB_READER_NFC_NO_SLOT', { host, port }, { cause: error });
    });
  }

  #watched(card: VirtualCard): VirtualCard {
    return {
      atr: card.atr,
      reset: () => card.reset(),
      respond: async (apdu) => {
        const answer = await card.respond(apdu);
        this.#note(apdu, answer);
        return answer;
      },
    };
  }

  #note(apdu: Uint8Array, answer: Uint8Array): void {
    this.#commands += 1;
    const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();
    if (this.#log.length >= LOG_LINES) this.#log.shift();
    const dataBytes = parseCommand(apdu)?.data.length ?? 0;
    this.#log.push({ command: hex(apdu.subarray(0, 4)), dataBytes, status: hex(answer.subarray(-2)), answerBytes: Math.max(0, answer.length - 2) });
  }

  #applyMood(): void {
    const { closed, locked, mustChoose, legacy, replay, clockOffsetMs, forge, compress, transient } = this.#mood;
    const card = this.#card;
    if (card instanceof HcePhone) card.closed = closed ?? (this.#description?.type === 'hce' && this.#description.closed === true);
    if (card instanceof AppleWalletPhone) {
      Object.assign(card.mood, { locked: locked ?? false, mustChoose: mustChoose ?? false, legacy: legacy ?? false, replay: replay ?? false, clockOffsetMs: clockOffsetMs ?? 0 });
    }
    if (card instanceof GoogleWalletPhone) {
      Object.assign(card.mood, { locked: locked ?? false, mustChoose: mustChoose ?? false, forge: forge ?? false, compress: compress ?? true, transient });
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(work);
    this.#turn = next.catch(() => undefined);
    return next;
  }
}

function toDial(settings: NfcFaultSettings): NfcFaults {
  const { refuse, endless, ...rest } = settings;
  const word = (hex: string): number => Number.parseInt(hex, 16);
  const dial: NfcFaults = { ...noFaults(), ...rest };
  if (refuse !== undefined) dial.refuse = { status: word(refuse.status), times: refuse.times, ...(refuse.ins === undefined ? {} : { ins: word(refuse.ins) }) };
  if (endless !== undefined) dial.endless = endless === '9100' ? 0x9100 : 0x61ff;
  return dial;
}
