import { NativeNumber, type Adapter, type Clock, type DeliveryRequest, type Inbound, type NumberKind } from '@tillbridge/core';
import type { PluginCall, PluginCommand, WireDelivery, WireGoods } from '../wire/messages.js';
import { notHere, type Port, type ServedPart } from './served-part.js';
import { bytesOf, wireState } from './values.js';

/** A till adapter behind the wire. */
export class ServedAdapter implements ServedPart {
  readonly abilities: ServedPart['abilities'];
  readonly #adapter: Adapter;
  readonly #port: Port;
  readonly #clock: Clock;
  readonly #life = new AbortController();

  constructor(adapter: Adapter, port: Port, clock: Clock) {
    this.#adapter = adapter;
    this.#port = port;
    this.#clock = clock;
    const { goods, best, verify, accrueOnly, reportsItself } = adapter.capabilities;
    this.abilities = { goods: goods && adapter.goods !== undefined, best, verify: verify && adapter.verify !== undefined, accrueOnly: accrueOnly === true, reportsItself: reportsItself === true };
  }

  async answer(call: PluginCall, signal: AbortSignal): Promise<unknown> {
    switch (call.call) {
      case 'open':
        await this.#adapter.open(this.#inbound(), this.#life.signal);
        this.#port.send({ say: 'state', state: wireState(this.#adapter.state) });
        return null;
      case 'probe':
        return this.#adapter.probe(signal);
      case 'deliver':
        return this.#adapter.deliver(this.#request(call.delivery, signal), signal);
      case 'verify':
        return this.#adapter.verify?.(call.trace, signal) ?? notHere(call);
      case 'close':
        return this.close();
      case 'feedback':
      case 'translate':
        return notHere(call);
    }
  }

  tell(command: Extract<PluginCommand, { call: 'goods' | 'expect' }>): void {
    if (command.call === 'expect') {
      this.#adapter.expect?.();
      return;
    }
    this.#adapter.goods?.(this.#goods(command.read));
    this.#port.send({ say: 'goodsTaken', n: command.n });
  }

  async close(): Promise<void> {
    this.#life.abort();
    await this.#adapter.close();
  }

  #inbound(): Inbound {
    const { send } = { send: (report: Parameters<Port['send']>[0]) => this.#port.send(report) };
    return {
      state: (state) => send({ say: 'state', state: wireState(state) }),
      goodsDropped: (reads, reason) => send({ say: 'goodsDropped', reads, reason }),
      order: (state, orderId) => send({ say: 'order', state, ...(orderId === undefined ? {} : { orderId }) }),
    };
  }

  #at(age: number): { readonly mono: number; readonly wall: number } {
    return { mono: this.#clock.mono() - age, wall: this.#clock.wall() - age };
  }

  #request({ number, age, ...rest }: WireDelivery, signal: AbortSignal): DeliveryRequest {
    // the daemon keeps the time: it takes the number back the moment that it is too old
    return { ...rest, number: new NativeNumber(number.kind as NumberKind, number.value), at: this.#at(age), expired: () => signal.aborted };
  }

  #goods({ reader, bytes, terminator, withSuffix, age }: WireGoods) {
    return { reader, bytes: bytesOf(bytes), terminator: bytesOf(terminator), withSuffix, at: this.#at(age) };
  }
}
