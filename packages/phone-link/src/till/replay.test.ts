import { VirtualClock } from '@tillbridge/testkit';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TillConnection } from '../phone/till-connection.js';
import { MemoryStore, World } from '../test-support.js';
import { Handshake } from '../noise/handshake.js';
import { keyPairOf } from '../noise/keys.js';
import { IK_PSK1 } from '../noise/patterns.js';
import { textOf } from '../wire/bytes.js';
import { encodeNamed, encodeText } from '../wire/envelope.js';
import { pairPrologue } from '../wire/identity.js';
import { FRESH_MS, MAX_ENVELOPE, SESSION_IDLE_MS } from '../wire/limits.js';
import { pathTo } from '../wire/paths.js';
import type { LinkPath } from './ports.js';
import { MAX_FORGED } from './session.js';
import { SESSION_TRANSITIONS, type SessionEvent, type SessionState } from './session-states.js';

const never = new AbortController().signal;

let clock: VirtualClock;
let world: World;
let connection: TillConnection;
beforeEach(async () => {
  clock = new VirtualClock();
  world = new World(clock);
  ({ connection } = await world.paired());
  await connection.refresh(never);
});

const send = (path: LinkPath, body: Uint8Array) => world.send(pathTo(world.link.tillId, path), body);
const word = (body: Uint8Array): string | undefined => textOf(body);
const messages = (): readonly Uint8Array[] => world.wire.filter(({ path }) => path === 'msg').map(({ body }) => body);

describe('what somebody recorded and sends again', () => {
  it('is answered with the same sealed bytes, and takes nothing twice', async () => {
    await connection.scan({ text: '98' }, never);
    const recorded = messages().at(-1)!;
    const first = await send('msg', recorded);
    expect(first.status).toBe(200);
    expect(await send('msg', recorded)).toEqual(first);
    expect(world.taken).toHaveLength(1);
  });

  it('is refused once it is old, also with other bytes behind a counter that was had', async () => {
    await connection.scan({ text: '98' }, never);
    const recorded = messages().at(-1)!;
    const other = recorded.slice();
    other[other.length - 1]! ^= 1;
    expect(await send('msg', other)).toMatchObject({ status: 409, refusal: 'replay' });
    for (let i = 0; i < 80; i += 1) {
      await clock.advance(200);
      await connection.refresh(never);
    }
    expect(await send('msg', recorded)).toMatchObject({ status: 409, refusal: 'replay' });
    expect(world.taken).toHaveLength(1);
  });

  it('is a session\'s first message: it makes no session, and takes none away', async () => {
    const recorded = world.wire.find(({ path }) => path === 'session')!.body;
    for (let i = 0; i < 5; i += 1) expect(await send('session', recorded)).toMatchObject({ status: 409, refusal: 'replay' });
    world.restart();
    // the new run has not seen it; nobody has the keys of what it makes
    expect(await send('session', recorded)).toMatchObject({ status: 200 });
    expect(world.link.connected()).toEqual([]);
    await clock.advance(5000);
    expect(await connection.scan({ text: '98' }, never)).toMatchObject({ is: 'done' });
  });

  it('is a pairing: the QR code was used', async () => {
    const recorded = world.wire.find(({ path }) => path === 'pair')!.body;
    const [phone] = world.book.phones.keys();
    await world.link.revoke(phone!);
    await send('pair', recorded);
    expect(world.book.phones.size).toBe(0);
  });

  it('is a scan that was held back: the guest has gone', async () => {
    const held: Uint8Array[] = [];
    const store = new MemoryStore();
    const phone = world.phone(store, {
      post: async (path, body) => {
        if (!path.endsWith('msg')) return world.send(path, body);
        held.push(body);
        throw new Error('held back');
      },
    });
    const paired = await phone.pair(world.link.invite().fragment, { name: 'b', model: '' }, never);
    const scanned = paired.connection.scan({ text: '9812' }, never);
    await clock.advance(FRESH_MS + 1);
    expect(await scanned).toMatchObject({ is: 'unknown' });
    expect(await send('msg', held[0]!)).toMatchObject({ status: 200 });
    expect(world.taken).toEqual([]);
    expect(world.events).toContainEqual(expect.objectContaining({ is: 'turnedDown', why: 'stale' }));
  });

  it('is a scan that was held back while the machine slept', async () => {
    const held: Uint8Array[] = [];
    const phone = world.phone(new MemoryStore(), {
      post: async (path, body) => {
        if (!path.endsWith('msg')) return world.send(path, body);
        held.push(body);
        throw new Error('held back');
      },
    });
    const paired = await phone.pair(world.link.invite().fragment, { name: 'b', model: '' }, never);
    void paired.connection.scan({ text: '9812' }, new AbortController().signal);
    await clock.settle();
    clock.sleepMachine(3_600_000);
    await send('msg', held[0]!);
    expect(world.taken).toEqual([]);
  });
});

describe('what is not genuine', () => {
  it('is refused whatever byte of it is another, and a few of them do no harm', async () => {
    await connection.scan({ text: '98' }, never);
    const held: Uint8Array[] = [];
    const bare = world.phone(new MemoryStore(), {
      post: async (path, body) => {
        if (path.endsWith('msg')) held.push(body);
        return path.endsWith('msg') ? Promise.reject(new Error('lost')) : world.send(path, body);
      },
    });
    const paired = await bare.pair(world.link.invite().fragment, { name: 'b', model: '' }, never);
    const waiting = paired.connection.refresh(never);
    await clock.advance(6000);
    await waiting;
    const sealed = held[0]!;
    for (let at = 17; at < sealed.length; at += 7) {
      const forged = sealed.slice();
      forged[at]! ^= 0x40;
      await clock.advance(60);
      expect(word((await send('msg', forged)).body)).toBe('forged');
    }
    // the message itself is still good: nobody can use its turn up
    expect(await send('msg', sealed)).toMatchObject({ status: 200 });
  });

  it('ends the session only after very many', async () => {
    const forged = messages().at(-1)!.slice();
    new DataView(forged.buffer).setBigUint64(9, 999n);
    let answer;
    for (let i = 0; i < MAX_FORGED; i += 1) {
      await clock.advance(60);
      answer = await send('msg', forged);
      expect(answer.refusal).toBe('forged');
    }
    expect(await send('msg', forged)).toMatchObject({ status: 401, refusal: 'noSession' });
    expect(await connection.scan({ text: '98' }, never)).toMatchObject({ is: 'done' });
  });

  it('never gets more than a word, whatever its bytes', async () => {
    const genuine = [...world.wire];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<LinkPath>('pair', 'session', 'msg'),
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc.tuple(fc.nat(genuine.length - 1), fc.nat(400), fc.nat(255), fc.nat(400)).map(([which, at, value, end]) => {
            const body = genuine[which]!.body.slice(0, Math.max(1, end));
            body[at % body.length] = value;
            return body;
          }),
        ),
        async (path, body) => {
          await clock.advance(2000);
          const before = world.taken.length;
          const phones = world.book.phones.size;
          const answer = await send(path, body);
          const same = genuine.some((each) => each.path === path && each.body.length === body.length && each.body.every((byte, i) => byte === body[i]));
          if (!same) expect(answer).toMatchObject({ refusal: word(answer.body) });
          expect(world.taken.length).toBe(before);
          expect(world.book.phones.size).toBe(phones);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is too long, or too short: nothing is made of it', async () => {
    for (const path of ['pair', 'session', 'msg'] as const) {
      for (const length of [0, 1, 16, 32, MAX_ENVELOPE + 1]) expect((await send(path, new Uint8Array(length).fill(1))).refusal).toBe('malformed');
    }
  });

  it('is of a phone that is not known: the same word as for a wrong key', async () => {
    const other = new World(clock, 5);
    const stranger = await other.paired();
    await stranger.connection.refresh(never);
    const recorded = other.wire.find(({ path }) => path === 'session')!.body;
    expect(await send('session', recorded)).toMatchObject({ refusal: 'notPaired' });
    const known = world.wire.find(({ path }) => path === 'session')!.body.slice();
    known[50]! ^= 1;
    expect(await send('session', known)).toMatchObject({ refusal: 'notPaired' });
  });
});

describe('before the till knows whom it talks to', () => {
  const workOf = async (path: LinkPath, body: Uint8Array): Promise<number> => {
    const before = world.multiplied;
    await send(path, body);
    return world.multiplied - before;
  };

  it('a known phone with a wrong handshake costs what an unknown one does', async () => {
    const known = world.wire.find(({ path }) => path === 'session')!.body.slice();
    known[known.length - 1]! ^= 1;
    const unknown = known.slice();
    unknown.set(new TextEncoder().encode('AAAAAAAAAAAA'), 1);
    expect(await workOf('session', known)).toBe(2);
    expect(await workOf('session', unknown)).toBe(2);
  });

  it('a known QR code with a wrong message costs what an unknown one does', async () => {
    const guessed = (id: string): Uint8Array => {
      const handshake = new Handshake({
        ...{ pattern: IK_PSK1, role: 'initiator', prologue: pairPrologue(world.link.tillId, id), own: keyPairOf(world.random(32)) },
        ...{ theirs: world.identity.public, psk: world.random(32), ephemeral: world.random(32) },
      });
      return encodeNamed({ id, noise: handshake.write(encodeText({ v: 1, name: '' }))! });
    };
    const { id } = world.link.invite();
    expect([await workOf('pair', guessed(id)), await workOf('pair', guessed('AAAAAAAA'))]).toEqual([2, 2]);
  });

  it('handshakes and messages are limited, and work again after a moment', async () => {
    const forged = world.wire.find(({ path }) => path === 'session')!.body.slice();
    forged[forged.length - 1]! ^= 1;
    const words: (string | undefined)[] = [];
    for (let i = 0; i < 70; i += 1) words.push((await send('session', forged)).refusal);
    expect(words.filter((each) => each === 'notPaired').length).toBeLessThanOrEqual(60);
    expect(words.at(-1)).toBe('busy');
    const junk = messages().at(-1)!.slice();
    new DataView(junk.buffer).setBigUint64(9, 7777n);
    const more: (string | undefined)[] = [];
    for (let i = 0; i < 60; i += 1) more.push((await send('msg', junk)).refusal);
    expect(more.filter((each) => each === 'forged').length).toBeLessThanOrEqual(40);
    expect(more.at(-1)).toBe('busy');
    await clock.advance(2000);
    expect(await connection.scan({ text: '98' }, never)).toMatchObject({ is: 'done' });
    expect(world.events.filter((event) => event.is === 'refused' && event.refusal === 'busy').length).toBeGreaterThan(10);
  });
});

describe('a flood of strangers', () => {
  it('keeps no phone out, neither a paired one nor one with a QR code', async () => {
    const store = new MemoryStore();
    const stranger = new Uint8Array(61).fill(65).fill(1, 0, 1);
    const guess = new Uint8Array(200).fill(65).fill(1, 0, 1);
    for (let i = 0; i < 50; i += 1) await Promise.all([send('session', stranger), send('pair', guess)]);
    expect((await send('session', stranger)).refusal).toBe('busy');
    expect((await send('pair', guess)).refusal).toBe('busy');
    await world.paired({}, store);
    const [own] = await world.phone(store).load();
    expect(await own!.scan({ text: '98' }, never)).toMatchObject({ is: 'done' });
  });
});

describe('messages that overtake each other', () => {
  it('are each taken once, in whatever order they come', async () => {
    const held: Uint8Array[] = [];
    const paired = await world
      .phone(new MemoryStore(), {
        post: async (path, body) => {
          if (!path.endsWith('msg')) return world.send(path, body);
          held.push(body);
          throw new Error('held back');
        },
      })
      .pair(world.link.invite().fragment, { name: 'b', model: '' }, never);
    const sending = [0, 1, 2].map(() => paired.connection.refresh(never));
    await clock.advance(6000);
    await Promise.all(sending);
    const three = [...new Map(held.map((body) => [String(body[16]), body])).values()];
    expect(three).toHaveLength(3);
    const statuses = [];
    for (const body of [three[2]!, three[0]!, three[1]!]) statuses.push((await send('msg', body)).status);
    expect(statuses).toEqual([200, 200, 200]);
  });

  it('of another till are of no session here', async () => {
    const other = new World(clock, 9);
    const stranger = await other.paired();
    await stranger.connection.scan({ text: '98' }, never);
    expect(await send('msg', other.wire.at(-1)!.body)).toMatchObject({ status: 401, refusal: 'noSession' });
  });
});

describe('sessions', () => {
  it('end after a long silence, and begin again without a word to anybody', async () => {
    await clock.advance(SESSION_IDLE_MS + 1);
    expect(world.link.connected()).toEqual([]);
    const states: string[] = [];
    connection.onChange(() => states.push(connection.state));
    expect(await connection.scan({ text: '98' }, never)).toMatchObject({ is: 'done' });
    expect(states).toEqual([]);
  });

  it('are few for one phone, and those in use are not lost to handshakes', async () => {
    const store = new MemoryStore();
    const { connection: own } = await world.paired({}, store);
    await own.refresh(never);
    for (let i = 0; i < 20; i += 1) {
      await clock.advance(200);
      const again = (await world.phone(store).load())[0]!;
      // a handshake whose answer is lost
      world.fate = (path) => (path === 'session' ? 'answerLost' : 'arrives');
      const lost = again.refresh(never);
      await clock.advance(10);
      await lost;
      world.fate = () => 'arrives';
    }
    const before = world.wire.filter(({ path }) => path === 'session').length;
    expect(await own.scan({ text: '98' }, never)).toMatchObject({ is: 'done' });
    expect(world.wire.filter(({ path }) => path === 'session').length).toBe(before);
  });

  it('have a cell for every event, and none leads back to life', () => {
    for (const state of Object.keys(SESSION_TRANSITIONS) as SessionState[]) {
      for (const event of Object.keys(SESSION_TRANSITIONS[state]) as SessionEvent[]) {
        const { to, effect } = SESSION_TRANSITIONS[state][event];
        if (state === 'over') expect(to).toBe('over');
        expect(effect === 'take').toBe(event === 'genuine' && state !== 'over');
      }
    }
  });
});

describe('clocks', () => {
  it('of phone and till may stand wherever they like', async () => {
    for (const wall of [0, 4_102_444_800_000]) {
      const phonesClock = new VirtualClock(wall);
      const store = new MemoryStore();
      await world.phone(store, { clock: phonesClock }).pair(world.link.invite().fragment, { name: 'b', model: '' }, never);
      const [own] = await world.phone(store, { clock: phonesClock }).load();
      expect(await own!.scan({ text: '98' }, never)).toMatchObject({ is: 'done' });
      await clock.advance(20_000);
      // the till's time went on, the phone's stood still: it finds out and tries once more by itself
      expect(await own!.scan({ text: '99' }, never)).toMatchObject({ is: 'done' });
    }
  });

  it('that are set cost at most one question', async () => {
    clock.sleepMachine(-3_600_000);
    expect(await connection.scan({ text: '98' }, never)).toMatchObject({ is: 'done' });
    clock.sleepMachine(86_400_000);
    expect(await connection.scan({ text: '99' }, never)).toMatchObject({ is: 'done' });
    clock.sleepMachine(-86_400_000);
    expect(await connection.scan({ text: '97' }, never)).toMatchObject({ is: 'done' });
    expect(world.taken).toHaveLength(3);
  });
});
