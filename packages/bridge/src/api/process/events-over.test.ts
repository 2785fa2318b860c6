import { silentLog, type Frame } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { EventHub, grantsOf, type EventSink, type Grants, type NewEvent, type Subscription } from '../../events/index.js';
import { EventFeed } from './event-feed.js';
import { EventMirror } from './event-mirror.js';
import type { ApiCommand } from './protocol.js';

const READS: Grants = grantsOf(['scan:read', 'goods:read', 'delivery:front']);

/** A daemon's hub and that of the process, joined by what the feed says, as bytes. */
class Link {
  readonly clock = new VirtualClock(5_000);
  readonly daemon: EventHub;
  readonly said: string[] = [];
  readonly taken: number[] = [];
  feed: EventFeed | undefined;
  process!: EventHub;
  mirror!: EventMirror;
  goodsAreRead = true;
  pending = 0;

  constructor(ring = { events: 100, bytes: 1e6 }) {
    this.daemon = new EventHub({ clock: this.clock, log: silentLog, version: '1', ring });
  }

  /** A new process: it has nothing but what it is told. */
  start(): void {
    const { clock, daemon } = this;
    this.feed?.close();
    this.process = new EventHub({ clock, log: silentLog, version: '1', origin: daemon.origin, roundMs: 0 });
    this.mirror = new EventMirror(this.process, clock, (seq) => {
      this.taken.push(seq);
      this.feed?.taken([seq]);
    });
    this.process.onListeners(() => this.feed?.listeners(Object.fromEntries(this.process.granted())));
    this.feed = new EventFeed({ hub: daemon, clock, post: (command) => this.#take(command), pending: () => this.pending, goodsAreRead: () => this.goodsAreRead });
    this.feed.start();
  }

  #take(command: ApiCommand): void {
    this.said.push(command.do);
    if (command.do === 'event') this.mirror.put(command);
    else if (command.do === 'over') this.mirror.over(command.seqs);
    else if (command.do === 'lost') this.process.forget(command.seq);
    else if (command.do === 'listen') this.process.skipTo(command.seq);
    else if (command.do === 'closing') this.process.close();
  }
}

class Ear implements EventSink {
  readonly frames: Frame[] = [];
  why: string | undefined;
  subscription: Subscription;

  constructor(hub: EventHub, since?: number, grants = READS) {
    this.subscription = hub.subscribe({ grants, ...(since === undefined ? {} : { since }) }, this);
  }

  send(frame: Frame, encoded: () => Uint8Array): void {
    expect(JSON.parse(Buffer.from(encoded()).toString('utf8'))).toEqual(frame);
    this.frames.push(frame);
  }

  ready(): boolean {
    return true;
  }

  ended(why: string): void {
    this.why = why;
  }

  get story(): (number | string)[] {
    return this.frames.slice(1).map((frame) => (frame.type === 'gap' ? `${String(frame.from)}-${String(frame.to)}` : frame.seq));
  }
}

const event = (over: Partial<NewEvent> = {}): NewEvent => ({ scope: 'scan:read', body: () => ({ type: 'reader', id: 'касса', status: 'ready', health: 'healthy' }), weight: 100, ...over });

describe('events in two processes', () => {
  let link: Link;
  beforeEach(() => {
    link = new Link();
    link.start();
  });

  it('are the same to the byte and under the same numbers', async () => {
    const [here, there] = [new Ear(link.daemon), new Ear(link.process)];
    for (let i = 0; i < 5; i += 1) link.daemon.publish(event());
    await link.clock.advance(50);
    expect(there.frames.slice(1)).toEqual(here.frames.slice(1));
    expect(there.story).toHaveLength(5);
  });

  it('a process that comes later is told what is kept before it listens, a piece at a time', async () => {
    for (let i = 0; i < 80; i += 1) link.daemon.publish(event());
    const since = link.daemon.lastSeq - 70;
    link.said.length = 0;
    link.start();
    // not all in one turn: goods wait for one at the most
    expect(link.said.filter((what) => what === 'event')).toHaveLength(32);
    expect(link.said).not.toContain('listen');
    await link.clock.advance(50);
    expect(link.said.at(-1)).toBe('listen');
    expect(new Ear(link.process, since).story).toEqual(Array.from({ length: 70 }, (_, i) => since + 1 + i));
  });

  it('who has an event that is not told again goes on without a gap', async () => {
    link.daemon.publish(event({ scope: 'goods:read', alive: () => false, fresh: { at: { mono: 0, wall: 0 }, ms: 1 } }));
    link.start();
    await link.clock.advance(50);
    const ear = new Ear(link.process, link.daemon.lastSeq);
    link.daemon.publish(event());
    await link.clock.advance(50);
    expect(ear.story).toEqual([link.daemon.lastSeq]);
  });

  it('goods go over only when there is somebody who may read them, and while they are fresh', async () => {
    const at = { mono: link.clock.mono(), wall: link.clock.wall() };
    const goods = event({ scope: 'goods:read', alive: () => true, fresh: { at, ms: 2000 } });
    link.goodsAreRead = false;
    link.daemon.publish(goods);
    await link.clock.advance(50);
    expect(link.said).not.toContain('event');
    link.goodsAreRead = true;
    link.daemon.publish(goods);
    await link.clock.advance(50);
    const { lastSeq } = link.daemon;
    expect(new Ear(link.process, lastSeq - 1).story).toEqual([lastSeq]);
    await link.clock.advance(2000);
    expect(new Ear(link.process, lastSeq - 1).story).toEqual([]);
  });

  it('a delivery is owed to who comes later until it is claimed, and at once', async () => {
    let claimable = true;
    link.daemon.publish(event({ scope: 'delivery:front', urgent: true, alive: () => claimable, owed: () => true }));
    await link.clock.advance(0);
    const { lastSeq } = link.daemon;
    expect(new Ear(link.process).story).toEqual([lastSeq]);
    claimable = false;
    link.feed?.look();
    link.feed?.look();
    expect(link.said.filter((what) => what === 'over')).toHaveLength(1);
    expect(new Ear(link.process).story).toEqual([]);
    expect(new Ear(link.process, undefined, grantsOf(['scan:read'])).story).toEqual([]);
  });

  it('goods that nobody had are owed to the first alone, who is told of; also by the next process', async () => {
    const goods = event({ scope: 'goods:read', urgent: true, owed: (taken) => !taken });
    const [first, second] = [link.daemon.publish(goods), link.daemon.publish(goods)];
    await link.clock.advance(0);
    expect([first.taken, second.taken]).toEqual([false, false]);
    expect(new Ear(link.process).story).toEqual([first.seq, second.seq]);
    expect(link.taken).toEqual([first.seq, second.seq]);
    expect([first.taken, second.taken]).toEqual([true, true]);
    link.start();
    expect(new Ear(link.process).story).toEqual([]);
  });

  it('who listens there counts here, and is gone with the process', () => {
    const changes: number[] = [];
    link.daemon.onListeners(() => changes.push(link.daemon.listeners('delivery:front')));
    expect(link.daemon.listeners('delivery:front')).toBe(0);
    const ear = new Ear(link.process);
    new Ear(link.process, undefined, grantsOf(['scan:read']));
    expect([link.daemon.listeners('delivery:front'), link.daemon.listeners('scan:read')]).toEqual([1, 2]);
    ear.subscription.close();
    expect(link.daemon.listeners('delivery:front')).toBe(0);
    new Ear(link.process);
    link.feed?.close();
    expect(link.daemon.listeners('delivery:front')).toBe(0);
    expect(changes.at(-1)).toBe(0);
  });

  it('a process that takes nothing costs nothing but what is kept, and is told what it missed', async () => {
    link = new Link({ events: 10, bytes: 1e6 });
    link.start();
    const since = link.daemon.lastSeq;
    link.pending = 1e9;
    for (let i = 0; i < 30; i += 1) link.daemon.publish(event());
    await link.clock.advance(50);
    link.pending = 0;
    link.feed?.drained();
    expect(link.said).toEqual(['listen', 'lost', ...Array.from({ length: 10 }, () => 'event')]);
    expect(new Ear(link.process, since).story[0]).toBe(`${String(since + 1)}-${String(since + 20)}`);
    link.daemon.close();
    expect(link.said.at(-1)).toBe('closing');
  });

  it('whatever happens, who comes back hears of every event once or of the gap that it is in', async () => {
    const step = fc.constantFrom('publish', 'publish', 'publish', 'advance', 'restart', 'stall', 'drain', 'return');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.integer({ min: 2, max: 12 }), async (steps, events) => {
        link = new Link({ events, bytes: 1e6 });
        link.start();
        let had = link.daemon.lastSeq;
        let ear = new Ear(link.process, had);
        const hear = (): void => {
          for (const said of ear.story) {
            const [from = Number.NaN, to = Number.NaN] = typeof said === 'number' ? [said, said] : said.split('-').map(Number);
            expect(from).toBe(had + 1);
            had = to;
          }
          ear.frames.splice(1);
        };
        const comeBack = async (): Promise<void> => {
          link.pending = 0;
          link.feed?.drained();
          await link.clock.advance(100);
          hear();
          ear.subscription.close();
          ear = new Ear(link.process, had);
          hear();
        };
        for (const now of steps) {
          if (now === 'publish') link.daemon.publish(event());
          else if (now === 'advance') await link.clock.advance(30);
          else if (now === 'stall') link.pending = 1e9;
          else if (now === 'drain') link.feed?.drained();
          else if (now === 'restart') {
            hear();
            link.feed?.close();
            link.pending = 0;
            link.start();
            await comeBack();
          } else await comeBack();
          hear();
        }
        await comeBack();
        expect(had).toBe(link.daemon.lastSeq);
      }),
      { numRuns: 200 },
    );
  });
});
