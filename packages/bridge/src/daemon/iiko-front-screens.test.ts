import { describe, expect, it } from 'vitest';
import { FrontBench } from '../../../../test/iiko/front-bench.js';

const scan = (session: string): object => ({ session, scan: 'r1', kind: 'barcode', raw: '981', orderId: 'o1', screen: { seq: 2, screen: 'orderEdit', orderId: 'o1' }, waitMs: 1500 });

describe('the screen that an iiko till goes by', () => {
  it('is named in the action: the first of the unbroken row that showed the order', async () => {
    const bench = await FrontBench.open({ cashierMessage: 'off' });
    const session = await bench.hello({ screen: { seq: 3, screen: 'orderEdit', orderId: 'o1' } });
    const shows = (seq: number, screen: string, orderId?: string): Promise<unknown> => bench.call('screen', { session, seq, screen, ...(orderId === undefined ? {} : { orderId }) });
    const given = async (code: string): Promise<unknown> => {
      await bench.read(code);
      const action = await bench.next(session);
      await bench.call('result', { session, id: action?.id, outcome: 'notFound' });
      return action?.['screenSeq'];
    };
    expect(await given('981')).toBe(3);
    await shows(4, 'payment', 'o1');
    await shows(5, 'orderEdit', 'o1');
    expect(await given('982')).toBe(3);
    await shows(6, 'lock');
    await shows(7, 'orderEdit', 'o1');
    expect(await given('983')).toBe(7);
    // screens in between never arrived
    await shows(9, 'orderEdit', 'o1');
    expect(await given('984')).toBe(9);
    await bench.hello({ screen: { seq: 10, screen: 'orderEdit', orderId: 'o1' } });
    expect(await given('985')).toBe(9);
    await bench.hello({ screen: { seq: 12, screen: 'orderEdit', orderId: 'o1' } });
    expect(await given('986')).toBe(12);
  });

  it('a read of iikoFront that comes after the word of another order is for nobody: that order is not the one of the read', async () => {
    const bench = await FrontBench.open({ cashierMessage: 'off' });
    const session = await bench.hello();
    await bench.call('screen', { session, seq: 3, screen: 'orderEdit', orderId: 'o2' });
    expect(await bench.call('scan', scan(session))).toEqual({ handled: false });
    expect(bench.outcomes).toEqual([]);
    expect(await bench.next(session)).toBeNull();
  });

  it('a read of iikoFront that comes after the word of the same order\'s payment and back is for that order', async () => {
    const bench = await FrontBench.open();
    const session = await bench.hello({ screen: { seq: 2, screen: 'orderEdit', orderId: 'o1' } });
    await bench.call('screen', { session, seq: 3, screen: 'payment', orderId: 'o1' });
    await bench.call('screen', { session, seq: 4, screen: 'orderEdit', orderId: 'o1' });
    const asked = bench.call('scan', scan(session));
    await bench.clock.advance(30);
    expect(await asked).toMatchObject({ handled: true, action: { number: 'N981', orderId: 'o1', screenSeq: 2 } });
  });
});
