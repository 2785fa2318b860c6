import { describe, expect, it } from 'vitest';
import { NativeNumber } from '../native-number.js';
import { outcome } from '../outcome.js';
import { adapterAround, withNumber } from './adapter-around.js';
import type { Adapter, DeliveryRequest, Inbound } from './adapter.js';

const AT = { wall: 1, mono: 2 };

class Inner implements Adapter {
  readonly id = 'front';
  readonly capabilities = { goods: true, best: 'sent', verify: true } as const;
  state: Adapter['state'] = { health: 'down', since: 0 } as unknown as Adapter['state'];
  readonly called: string[] = [];

  async open(): Promise<void> {
    this.called.push('open');
  }
  async probe(): Promise<readonly []> {
    this.called.push('probe');
    return [];
  }
  async deliver({ number }: DeliveryRequest) {
    this.called.push(`deliver ${number.reveal()}`);
    return outcome('sent', 'read');
  }
  async verify() {
    this.called.push('verify');
    return outcome('unknown', 'asked');
  }
  expect(): void {
    this.called.push('expect');
  }
  goods(): void {
    this.called.push('goods');
  }
  async close(): Promise<void> {
    this.called.push('close');
  }
}

const request = (over: Partial<DeliveryRequest> = {}): DeliveryRequest => ({
  ...{ id: 'd', scanId: 's', till: 'front', number: new NativeNumber('card', '100'), at: AT, expired: () => false },
  ...over,
});

describe('an adapter around another one', () => {
  it('passes every call on, the optional ones too, with the inner one as `this`', async () => {
    const inner = new Inner();
    const around = adapterAround(inner, {});
    const { signal } = new AbortController();
    await around.open({} as Inbound, signal);
    await around.probe(signal);
    await around.deliver(request(), signal);
    await around.verify?.({ id: 'd', scanId: 's', till: 'front', time: 1 }, signal);
    around.expect?.();
    around.goods?.({} as Parameters<NonNullable<Adapter['goods']>>[0]);
    await around.close();
    expect(inner.called).toEqual(['open', 'probe', 'deliver 100', 'verify', 'expect', 'goods', 'close']);
  });

  it('has what the inner one has, and no more; its state is the inner one\'s of now', () => {
    const inner = new Inner();
    const bare: Adapter = { ...{ id: 'x', capabilities: inner.capabilities, state: inner.state }, open: inner.open.bind(inner), probe: inner.probe.bind(inner), deliver: inner.deliver.bind(inner), close: inner.close.bind(inner) };
    expect(Object.keys(adapterAround(bare, {})).sort()).toEqual(['capabilities', 'close', 'deliver', 'id', 'open', 'probe', 'state']);
    const around = adapterAround(inner, {});
    inner.state = { health: 'healthy', since: 5 } as unknown as Adapter['state'];
    expect(around.state).toBe(inner.state);
  });

  it('does itself what it is told to', async () => {
    const inner = new Inner();
    const around = adapterAround(inner, { deliver: (delivery) => inner.deliver(withNumber(delivery, new NativeNumber('card', '7'))) });
    await around.deliver(request(), new AbortController().signal);
    expect(inner.called).toEqual(['deliver 7']);
  });
});

describe('the same delivery with another number', () => {
  it('keeps the order, whose it is, and asks the first one whether it has expired', () => {
    let expired = false;
    const first = request({ orderId: 'o-1', ownOrder: true, expired: () => expired });
    const second = withNumber(first, new NativeNumber('coupon', 'C'));
    expect(second).toMatchObject({ id: 'd', scanId: 's', till: 'front', at: AT, orderId: 'o-1', ownOrder: true });
    expect(second.number.reveal()).toBe('C');
    expired = true;
    expect(second.expired()).toBe(true);
    expect(Object.keys(withNumber(request(), first.number))).not.toContain('orderId');
  });
});
