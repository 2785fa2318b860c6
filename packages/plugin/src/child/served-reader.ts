import type { Clock, FeedbackKind, RawRead, Reader, ReaderSink } from '@tillbridge/core';
import type { PluginCall, WireRead } from '../wire/messages.js';
import { notHere, type Port, type ServedPart } from './served-part.js';
import { base64, wireState } from './values.js';

/** A reader behind the wire. */
export class ServedReader implements ServedPart {
  readonly abilities: ServedPart['abilities'];
  readonly #reader: Reader;
  readonly #port: Port;
  readonly #clock: Clock;
  readonly #life = new AbortController();

  constructor(reader: Reader, port: Port, clock: Clock) {
    this.#reader = reader;
    this.#port = port;
    this.#clock = clock;
    this.abilities = { feedback: reader.capabilities.feedback };
  }

  async answer(call: PluginCall): Promise<unknown> {
    switch (call.call) {
      case 'open':
        await this.#reader.open(this.#sink(), this.#life.signal);
        this.#port.send({ say: 'state', state: wireState(this.#reader.state) });
        return null;
      case 'feedback':
        await this.#reader.feedback(call.feedback as FeedbackKind);
        return null;
      case 'close':
        return this.close();
      default:
        return notHere(call);
    }
  }

  tell(): void {
    // a reader is told nothing
  }

  async close(): Promise<void> {
    this.#life.abort();
    await this.#reader.close();
  }

  #sink(): ReaderSink {
    const send = (report: Parameters<Port['send']>[0]): void => this.#port.send(report);
    return {
      read: (read) => send({ say: 'read', read: this.#wire(read) }),
      tail: (bytes) => send({ say: 'tail', bytes: base64(bytes) }),
      quiet: () => send({ say: 'quiet' }),
      resumed: () => send({ say: 'resumed' }),
      dropped: (reason, bytes) => send({ say: 'dropped', reason, bytes }),
      state: (state) => send({ say: 'state', state: wireState(state) }),
      hint: (hint) => send({ say: 'hint', hint }),
    };
  }

  #wire({ bytes, terminator, at, silence, quietMs, silentBefore, overflow, partial, symbology, aim }: RawRead): WireRead {
    return {
      bytes: base64(bytes),
      terminator: base64(terminator),
      age: Math.max(0, this.#clock.mono() - at.mono),
      silence,
      silentBefore,
      ...(quietMs === undefined ? {} : { quietMs }),
      ...(overflow === undefined ? {} : { overflow }),
      ...(partial === undefined ? {} : { partial }),
      ...(symbology === undefined ? {} : { symbology }),
      ...(aim === undefined ? {} : { aim }),
    };
  }
}
