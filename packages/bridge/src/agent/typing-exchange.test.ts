import type { TypeResult } from '@tillbridge/adapter-device/keyboard';
import { VirtualClock } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DaemonMessage } from './messages.js';
import { READY_MS, TypingExchange, TYPED_MS } from './typing-exchange.js';

const TYPED: TypeResult = { result: 'typed' };

function exchange(over: Partial<ConstructorParameters<typeof TypingExchange>[0]> = {}) {
  const clock = new VirtualClock();
  const sent: DaemonMessage[] = [];
  const stop = new AbortController();
  const state: { up: boolean; result: TypeResult | undefined } = { up: true, result: undefined };
  const made = new TypingExchange({
    ...{ n: 7, keyboard: 1, typing: { keys: [] }, withinMs: 1000, typingMs: 0, clock, signal: stop.signal },
    send: (message) => {
      if (state.up) sent.push(message);
      return state.up;
    },
    ...over,
  });
  void made.result.then((result) => (state.result = result));
  made.start();
  return { made, clock, sent, stop, state, kinds: () => sent.map(({ t }) => t) };
}

describe('a text on its way through the agent', () => {
  it('is offered, let go, typed', async () => {
    const { made, kinds, clock, sent } = exchange();
    await clock.advance(100);
    made.ready();
    expect(kinds()).toEqual(['offer', 'go']);
    expect(sent[1]).toMatchObject({ leftMs: 900 });
    made.typed(TYPED);
    expect(await made.result).toEqual(TYPED);
  });

  it('an agent that is gone before it was let go has typed nothing; after that nobody knows', async () => {
    const before = exchange();
    before.made.lost();
    expect(await before.made.result).toEqual({ result: 'refused', reason: 'notConnected' });
    const after = exchange();
    after.made.ready();
    after.made.lost();
    expect(await after.made.result).toEqual({ result: 'uncertain', reason: 'connectionLost' });
  });

  it('an agent that hangs: before, refused after 2 s and told so; after, uncertain', async () => {
    const before = exchange();
    await before.clock.advance(READY_MS);
    expect(await before.made.result).toEqual({ result: 'refused', reason: 'notConnected' });
    expect(before.kinds()).toEqual(['offer', 'withdraw']);
    const after = exchange();
    after.made.ready();
    await after.clock.advance(1000 + TYPED_MS);
    expect(await after.made.result).toEqual({ result: 'uncertain', reason: 'connectionLost' });
  });

  it('is not let go when its time is over meanwhile', async () => {
    const { made, clock, kinds } = exchange({ withinMs: 50 });
    await clock.advance(50);
    made.ready();
    expect(await made.result).toEqual({ result: 'refused', reason: 'late' });
    expect(kinds()).toEqual(['offer', 'withdraw']);
  });

  it('withdrawn while it is typed: how far it came is for the agent to say', async () => {
    const { made, stop, kinds } = exchange();
    made.ready();
    stop.abort();
    made.typed({ result: 'uncertain', reason: 'stopped' });
    expect(await made.result).toEqual({ result: 'uncertain', reason: 'stopped' });
    expect(kinds()).toEqual(['offer', 'go', 'withdraw']);
  });

  it('whatever happens in whatever order: refused by us only if it was never let go, and there is one result', async () => {
    const event = fc.constantFrom('ready', 'typed', 'lost', 'abort', 'linkDown', 'wait', 'waitLong');
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 12 }), async (events) => {
        const { made, clock, stop, state, kinds } = exchange();
        let agentSaid = false;
        for (const what of events) {
          if (what === 'ready') made.ready();
          else if (what === 'typed') {
            agentSaid ||= state.result === undefined;
            made.typed(TYPED);
          } else if (what === 'lost') made.lost();
          else if (what === 'abort') stop.abort();
          else if (what === 'linkDown') state.up = false;
          else await clock.advance(what === 'wait' ? 300 : 2500);
          await Promise.resolve();
        }
        made.lost();
        const result = await made.result;
        if (kinds().includes('go')) expect(result.result).not.toBe('refused');
        else if (!agentSaid) expect(result.result).toBe('refused');
        expect(kinds().filter((kind) => kind === 'go').length).toBeLessThan(2);
      }),
    );
  });
});
