import { VirtualClock } from '@tillbridge/testkit';
import { compileOutput, instant, NativeNumber, silentLog, type GoodsRead } from '@tillbridge/core';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakePty } from '../testing/fake-pty.js';
import { PtyTill } from './pty-adapter.js';

class CountingPty extends FakePty {
  looks = 0;

  override unread(): number | undefined {
    this.looks += 1;
    return super.unread();
  }
}

describe('a number that was expected', () => {
  const never = new AbortController().signal;
  let clock: VirtualClock;
  let pty: CountingPty;
  let till: PtyTill;

  const goods = (code: string): void => {
    const read: GoodsRead = { reader: 'r', bytes: Buffer.from(code), terminator: Buffer.from('\r'), withSuffix: false, at: instant(clock) };
    till.goods(read);
  };
  const deliver = () => till.deliver({ id: 'd', scanId: 's', till: 'front', number: new NativeNumber('card', '29'), at: instant(clock), expired: () => false }, never);
  const queued = (): string => Buffer.from(pty.tillReads(100)).toString('latin1');

  beforeEach(async () => {
    clock = new VirtualClock();
    pty = new CountingPty();
    till = new PtyTill({ id: 'front', transport: 'pty', link: '/nowhere', output: compileOutput({}) }, { clock, log: silentLog }, () => Promise.resolve(() => pty));
    await till.open({ state: () => undefined, goodsDropped: () => undefined, order: () => undefined }, never);
    pty.openByTill();
    await clock.advance(250);
  });

  it('is written without another look at the port', async () => {
    till.expect();
    const before = pty.looks;
    const outcome = deliver();
    await clock.settle();
    // the one look after the number asks what became of it
    expect(pty.looks - before).toBe(1);
    expect(queued()).toBe('29\r');
    await clock.advance(20);
    expect(await outcome).toMatchObject({ outcome: 'sent', evidence: 'read' });
  });

  it('waits all the same for goods that were written meanwhile', async () => {
    till.expect();
    goods('4600');
    const outcome = deliver();
    await clock.advance(30);
    expect(queued()).toBe('4600\r');
    await clock.advance(30);
    expect(queued()).toBe('29\r');
    await clock.advance(30);
    expect(await outcome).toMatchObject({ outcome: 'sent', evidence: 'read' });
  });

  it('is looked for anew when the look ahead is old', async () => {
    till.expect();
    await clock.advance(30);
    const before = pty.looks;
    const outcome = deliver();
    await clock.settle();
    expect(pty.looks - before).toBe(2);
    queued();
    await clock.advance(20);
    expect(await outcome).toMatchObject({ outcome: 'sent' });
  });

  it('has no evidence where a program locked the port meanwhile', async () => {
    till.expect();
    pty.exclusive = true;
    const outcome = deliver();
    await clock.advance(50);
    expect(await outcome).toEqual({ outcome: 'sent' });
  });
});
