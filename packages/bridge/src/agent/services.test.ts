import type { Injector, Stroke } from '@tillbridge/adapter-device/keyboard';
import { VirtualClock } from '@tillbridge/testkit';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AgentMessage } from './messages.js';
import { AgentServices } from './services.js';

const STROKE: Stroke = { parts: [{ text: '2900000000001' }], guard: undefined, keyDelayMs: 0, mode: 'unicode', withinMs: 5000 };

describe('what the agent does for the daemon', () => {
  let clock: VirtualClock;
  let services: AgentServices;
  let sent: AgentMessage[];
  let typed: Stroke[];
  let closed: number;

  beforeEach(async () => {
    clock = new VirtualClock();
    sent = [];
    typed = [];
    closed = 0;
    const injector: Injector = {
      capabilities: { guard: true, atomic: true, text: 'unicode' },
      ended: new Promise(() => undefined),
      type: (stroke, signal) => {
        typed.push(stroke);
        return Promise.resolve(signal.aborted ? { result: 'refused', reason: 'withdrawn' } : { result: 'typed' });
      },
      replay: () => Promise.resolve({ result: 'typed' }),
      look: () => Promise.reject(new Error('not asked')),
      close: () => Promise.resolve(void (closed += 1)),
    };
    services = new AgentServices({
      ...{ clock, send: (message) => sent.push(message) > 0, say: () => undefined },
      keyboard: () => Promise.resolve({ place: 'played', open: () => Promise.resolve(injector) }),
      capture: () => ({ send: () => true, kill: () => undefined }),
    });
    services.take({ t: 'open', n: 1, wish: { transport: 'xtest', options: {} } });
    await settle();
    services.take({ t: 'offer', n: 2, keyboard: 1, typing: { stroke: STROKE } });
  });
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 10; i += 1) await Promise.resolve();
  };
  const go = async (leftMs: number): Promise<AgentMessage | undefined> => {
    services.take({ t: 'go', n: 2, leftMs });
    await settle();
    return sent.at(-1);
  };

  it('types when it is let go, with what is left of the time by both ends', async () => {
    expect(sent.map(({ t }) => t)).toEqual(['opened', 'ready']);
    expect(typed).toEqual([]);
    await clock.advance(1000);
    expect(await go(4500)).toEqual({ t: 'typed', n: 2, result: { result: 'typed' } });
    expect(typed[0]?.withinMs).toBe(4000);
  });

  it('is let go once, however often it is told', async () => {
    services.take({ t: 'go', n: 2, leftMs: 4500 });
    services.take({ t: 'go', n: 2, leftMs: 4500 });
    await settle();
    expect(typed).toHaveLength(1);
    await go(4500);
    expect(typed).toHaveLength(1);
  });

  it('a machine that slept between offer and turn types nothing old, whatever the daemon says', async () => {
    clock.sleepMachine(6000);
    expect(await go(4500)).toEqual({ t: 'typed', n: 2, result: { result: 'refused', reason: 'late' } });
    expect(typed).toEqual([]);
  });

  it('nor does it when the daemon says that the time is over', async () => {
    expect(await go(0)).toMatchObject({ result: { result: 'refused', reason: 'late' } });
    expect(typed).toEqual([]);
  });

  it('an offer that was withdrawn, or that nobody took up for 10 s, is none any more', async () => {
    services.take({ t: 'withdraw', n: 2 });
    expect(await go(4500)).toMatchObject({ result: { result: 'refused', reason: 'notConnected' } });
    services.take({ t: 'offer', n: 2, keyboard: 1, typing: { keys: [] } });
    await clock.advance(10_000);
    expect(await go(4500)).toMatchObject({ result: { result: 'refused', reason: 'notConnected' } });
    expect(typed).toEqual([]);
  });

  it('offers for a keyboard that is not open, and more than a few, are refused at once', () => {
    services.take({ t: 'offer', n: 3, keyboard: 9, typing: { keys: [] } });
    expect(sent.at(-1)).toMatchObject({ t: 'typed', n: 3, result: { result: 'refused' } });
    for (let n = 10; n < 30; n += 1) services.take({ t: 'offer', n, keyboard: 1, typing: { keys: [] } });
    expect(sent.filter(({ t }) => t === 'ready').length).toBeLessThan(10);
  });

  it('with the connection everything ends: keyboards are let go, nothing is typed any more', async () => {
    await services.close();
    expect(closed).toBe(1);
    await go(4500);
    expect(typed).toEqual([]);
  });
});
