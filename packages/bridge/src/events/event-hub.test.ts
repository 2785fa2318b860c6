import { silentLog, type Frame } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventHub, type EventSink, type Subscription } from './event-hub.js';
import type { NewEvent, RingLimits } from './event-ring.js';
import { ALL_GRANTS, grantsOf, type Grants } from './visible.js';

/** A subscriber that keeps what it gets and takes as much as it is told to. */
class Listener implements EventSink {
  readonly frames: Frame[] = [];
  why: string | undefined;
  takes = Number.POSITIVE_INFINITY;
  subscription: Subscription | undefined;

  send(frame: Frame, encoded: () => Uint8Array): void {
    this.takes -= 1;
    this.frames.push(JSON.parse(new TextDecoder().decode(encoded())) as Frame);
  }

  ready(): boolean {
    return this.takes > 0;
  }

  ended(why: string): void {
    this.why = why;
  }

  /** What came after hello: numbers of events, and gaps as texts. */
  get story(): (number | string)[] {
    return this.frames.slice(1).map((frame) => (frame.type === 'gap' ? `${String(frame.from)}-${String(frame.to)}` : frame.seq));
  }
}

const clock = (): VirtualClock => new VirtualClock(5);
const FIRST = 5001;

function hubOn(time: VirtualClock, ring?: RingLimits, maxLag?: number): EventHub {
  return new EventHub({ clock: time, log: silentLog, version: '1.2.3', ...(ring === undefined ? {} : { ring }), ...(maxLag === undefined ? {} : { maxLag }) });
}

function listen(hub: EventHub, since?: number, grants: Grants = ALL_GRANTS, takes = Number.POSITIVE_INFINITY): Listener {
  const listener = new Listener();
  listener.takes = takes;
  listener.subscription = hub.subscribe({ grants, ...(since === undefined ? {} : { since }) }, listener);
  return listener;
}

const event = (over: Partial<NewEvent> = {}): NewEvent => ({
  scope: 'scan:read',
  body: () => ({ type: 'reader', id: 'counter', status: 'ready', health: 'healthy' }),
  weight: 100,
  ...over,
});

describe('the event hub', () => {
  it('greets first, with the last number and the scopes', () => {
    const hub = hubOn(clock());
    hub.publish(event());
    const { frames } = listen(hub, undefined, grantsOf(['scan:read']));
    expect(frames).toEqual([{ type: 'hello', seq: FIRST, product: 'tillbridge', version: '1.2.3', wire: 1, scopes: ['scan:read'] }]);
  });

  it('sends after the input that is there was handled, type and place in front', async () => {
    const time = clock();
    const hub = hubOn(time);
    const listener = listen(hub);
    hub.publish(event());
    expect(listener.story).toEqual([]);
    await time.advance(0);
    expect(JSON.stringify(listener.frames[1])).toBe(
      `{"type":"reader","seq":${String(FIRST)},"time":"1970-01-01T00:00:00.005Z","id":"counter","status":"ready","health":"healthy"}`,
    );
  });

  it('serves a few at a time, and who comes late gets everything together', async () => {
    const time = clock();
    const hub = hubOn(time);
    const listeners = Array.from({ length: 9 }, () => listen(hub));
    const told: number[] = [];
    const writes: number[] = [];
    const last = listeners[8] as Listener & EventSink;
    last.together = (work) => {
      work();
      writes.push(last.story.length);
    };
    let rounds = 0;
    const look = (): void => {
      told.push(listeners.filter(({ story }) => story.length > 0).length);
      if (rounds === 1) hub.publish(event());
      if ((rounds += 1) < 3) time.afterInput(look);
    };
    hub.publish(event());
    time.afterInput(look);
    await time.advance(0);
    expect(told).toEqual([4, 8, 9]);
    await time.advance(25);
    expect(listeners.map(({ story }) => story)).toEqual(Array.from({ length: 9 }, () => [FIRST, FIRST + 1]));
    expect(writes).toEqual([2]);
  });

  it('makes a few writes of a burst, not one of each event', async () => {
    const time = clock();
    const hub = hubOn(time);
    const listener: Listener & EventSink = listen(hub);
    const writes: number[] = [];
    listener.together = (work) => {
      const before = listener.story.length;
      work();
      writes.push(listener.story.length - before);
    };
    hub.publish(event());
    await time.advance(0);
    expect(listener.story).toHaveLength(1);
    for (let i = 0; i < 7; i += 1) {
      hub.publish(event());
      await time.advance(1);
    }
    expect(listener.story).toHaveLength(1);
    await time.advance(18);
    expect([listener.story.length, writes]).toEqual([8, [7]]);
  });

  it('what a till waits for goes out at once, even while everything else has to wait', async () => {
    const time = clock();
    const waiting: (() => void)[] = [];
    const hub = new EventHub({ clock: time, log: silentLog, version: '1.2.3', turn: (go) => (waiting.push(go), () => void waiting.splice(0)) });
    const listener = listen(hub);
    hub.publish(event());
    await time.advance(0);
    expect(listener.story).toEqual([]);
    hub.publish(event({ urgent: true }));
    await time.advance(0);
    expect([listener.story, waiting.length]).toEqual([[FIRST, FIRST + 1], 0]);
    hub.publish(event());
    await time.advance(25);
    expect([listener.story.length, waiting.length]).toEqual([2, 1]);
  });

  it('shows nobody what his scopes do not let him see', async () => {
    const time = clock();
    const hub = hubOn(time);
    const all = listen(hub);
    const some = listen(hub, undefined, grantsOf(['scan:read', 'delivery:front']));
    for (const scope of ['scan:read', 'goods:read', 'delivery:front', 'delivery:back']) hub.publish(event({ scope }));
    await time.advance(0);
    expect(all.story).toEqual([FIRST, FIRST + 1, FIRST + 2, FIRST + 3]);
    expect(some.story).toEqual([FIRST, FIRST + 2]);
    expect(listen(hub, FIRST - 1, grantsOf(['delivery:back'])).story).toEqual([FIRST + 3]);
  });

  it('replays what is kept, and names what is not', async () => {
    const time = clock();
    const hub = hubOn(time, { events: 3, bytes: 1e6 });
    for (let i = 0; i < 5; i += 1) hub.publish(event());
    await time.advance(0);
    expect(listen(hub).story).toEqual([]);
    expect(listen(hub, FIRST + 2).story).toEqual([FIRST + 3, FIRST + 4]);
    expect(listen(hub, FIRST - 1).story).toEqual([`${String(FIRST)}-${String(FIRST + 1)}`, FIRST + 2, FIRST + 3, FIRST + 4]);
  });

  it('keeps no more bytes than it may', () => {
    const hub = hubOn(clock(), { events: 100, bytes: 250 });
    for (let i = 0; i < 5; i += 1) hub.publish(event());
    expect(listen(hub, FIRST - 1).story.slice(1)).toEqual([FIRST + 3, FIRST + 4]);
    hub.publish(event({ weight: 9999 }));
    expect(listen(hub, FIRST - 1).story.slice(1)).toEqual([FIRST + 5]);
  });

  it('does not replay what means nothing any more, and owes what waits to who comes later', async () => {
    const time = clock();
    const hub = hubOn(time);
    let claimable = true;
    hub.publish(event({ alive: () => claimable, owed: () => true }));
    hub.publish(event({ owed: (taken) => !taken }));
    hub.publish(event());
    await time.advance(0);
    expect(listen(hub).story).toEqual([FIRST, FIRST + 1]);
    expect(listen(hub).story).toEqual([FIRST]);
    expect(listen(hub, FIRST - 1).story).toEqual([FIRST, FIRST + 1, FIRST + 2]);
    claimable = false;
    expect(listen(hub).story).toEqual([]);
    expect(listen(hub, FIRST - 1).story).toEqual([FIRST + 1, FIRST + 2]);
  });

  it('waits for who takes no more, and lets go who falls too far behind', async () => {
    const time = clock();
    const hub = hubOn(time, undefined, 350);
    const slow = listen(hub, undefined, ALL_GRANTS, 1);
    for (let i = 0; i < 3; i += 1) hub.publish(event());
    await time.advance(25);
    expect(slow.story).toEqual([]);
    slow.takes = 2;
    slow.subscription?.resume();
    expect(slow.story).toEqual([FIRST, FIRST + 1]);
    for (let i = 0; i < 2; i += 1) hub.publish(event());
    await time.advance(25);
    expect(slow.why).toBeUndefined();
    hub.publish(event());
    await time.advance(25);
    expect(slow.why).toBe('tooSlow');
    expect(hub.subscribers).toBe(0);
  });

  it('lets go who misses what is not kept any more', async () => {
    const time = clock();
    const hub = hubOn(time, { events: 2, bytes: 1e6 }, 1e6);
    const stuck = listen(hub, undefined, ALL_GRANTS, 1);
    for (let i = 0; i < 2; i += 1) hub.publish(event());
    await time.advance(25);
    expect(stuck.why).toBeUndefined();
    hub.publish(event());
    await time.advance(25);
    expect(stuck.why).toBe('tooSlow');
    expect(stuck.story).toEqual([]);
  });

  it('a replay that is slow is a gap, not a fault', async () => {
    const time = clock();
    const hub = hubOn(time, { events: 4, bytes: 1e6 }, 50);
    for (let i = 0; i < 4; i += 1) hub.publish(event());
    const slow = listen(hub, FIRST - 1, ALL_GRANTS, 2);
    for (let i = 0; i < 2; i += 1) hub.publish(event());
    slow.takes = 100;
    slow.subscription?.resume();
    expect(slow.story).toEqual([FIRST, `${String(FIRST + 1)}-${String(FIRST + 1)}`, FIRST + 2, FIRST + 3, FIRST + 4, FIRST + 5]);
  });

  it('a subscriber that fails hurts nobody else, and one that leaves while it is told gets nothing more', async () => {
    const time = clock();
    const hub = hubOn(time);
    const bad = listen(hub);
    bad.send = () => {
      throw new Error('broken');
    };
    const leaves = listen(hub);
    const good = listen(hub);
    const send = leaves.send.bind(leaves);
    leaves.send = (frame, encoded) => {
      send(frame, encoded);
      leaves.subscription?.close();
    };
    hub.publish(event());
    hub.publish(event());
    await time.advance(0);
    expect(good.story).toEqual([FIRST, FIRST + 1]);
    expect(leaves.story).toEqual([FIRST]);
    expect(hub.subscribers).toBe(1);
  });

  it('tells who watches that subscribers come and go, and counts them by scope', () => {
    const hub = hubOn(clock());
    const counts: number[] = [];
    hub.onListeners(() => counts.push(hub.listeners('delivery:front')));
    const one = listen(hub, undefined, grantsOf(['delivery:front']));
    const other = listen(hub, undefined, grantsOf(['scan:read']));
    one.subscription?.close();
    one.subscription?.close();
    other.subscription?.close();
    expect(counts).toEqual([1, 1, 0, 0]);
  });

  it('sends what is left when it closes, and lets everybody go', () => {
    const hub = hubOn(clock());
    const listener = listen(hub);
    hub.publish(event());
    hub.close();
    hub.close();
    expect(listener.story).toEqual([FIRST]);
    expect(listener.why).toBe('closing');
    expect(listen(hub).why).toBe('closing');
  });

  it('numbers rise over a restart', async () => {
    const time = clock();
    const old = hubOn(time);
    for (let i = 0; i < 900; i += 1) old.publish(event());
    await time.advance(1);
    const next = hubOn(time);
    expect(next.lastSeq).toBeGreaterThanOrEqual(old.lastSeq);
    next.publish(event());
    expect(listen(next, old.lastSeq).story).toEqual([`${String(old.lastSeq + 1)}-6000`, 6001]);
  });
});

describe('whatever happens', () => {
  type Step = { readonly do: 'publish' | 'flush' | 'leave' } | { readonly do: 'take' | 'come'; readonly count: number };
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 6, arbitrary: fc.constant<Step>({ do: 'publish' }) },
    { weight: 3, arbitrary: fc.constant<Step>({ do: 'flush' }) },
    { weight: 1, arbitrary: fc.constant<Step>({ do: 'leave' }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant<'take'>('take'), count: fc.nat(4) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant<'come'>('come'), count: fc.integer({ min: 1, max: 6 }) }) },
  );

  it('a client that comes back with the last number it has hears of every event exactly once, or of the gap that it is in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 80 }), fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 800 }), async (steps, events, maxLag) => {
        const time = clock();
        const hub = hubOn(time, { events, bytes: 1e9 }, maxLag);
        let had = FIRST - 1;
        let connection: Listener | undefined;
        const hear = (): void => {
          for (const said of connection?.story ?? []) {
            const [from = Number.NaN, to = Number.NaN] = typeof said === 'number' ? [said, said] : said.split('-').map(Number);
            expect(from).toBe(had + 1);
            expect(to).toBeGreaterThanOrEqual(from);
            had = to;
          }
          connection?.frames.splice(1);
          if (connection?.why !== undefined) connection = undefined;
        };
        for (const now of steps) {
          if (now.do === 'publish') hub.publish(event());
          else if (now.do === 'flush') await time.advance(0);
          else if (now.do === 'leave') connection?.subscription?.close();
          else if (now.do === 'take' && connection !== undefined) {
            connection.takes = Math.max(0, connection.takes) + now.count;
            connection.subscription?.resume();
          } else if (now.do === 'come') connection ??= listen(hub, had, ALL_GRANTS, now.count);
          hear();
          if (now.do === 'leave') connection = undefined;
        }
        connection?.subscription?.close();
        connection = listen(hub, had);
        hear();
        expect(had).toBe(hub.lastSeq);
      }),
      { numRuns: 500 },
    );
  });
});
