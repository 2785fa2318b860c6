import { VirtualClock } from '@tillbridge/testkit';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Post } from '../phone/ports.js';
import { beginSession } from '../phone/session.js';
import type { TillConnection } from '../phone/till-connection.js';
import { MemoryStore, World, type Fate } from '../test-support.js';
import { pathTo } from '../wire/paths.js';
import type { LinkPath } from './ports.js';

const never = new AbortController().signal;

let clock: VirtualClock;
let world: World;
beforeEach(() => {
  clock = new VirtualClock();
  world = new World(clock);
});

/** A phone whose messages are on their way for a while: those that `ms` says something about. */
async function slowPhone(ms: (path: string) => number): Promise<TillConnection> {
  const post: Post = async (path, body, signal) => {
    await new Promise<void>((resolve) => clock.timer(ms(path), resolve));
    return world.send(path, body, signal);
  };
  const pairing = world.phone(new MemoryStore(), { post }).pair(world.link.invite().fragment, { name: 'b', model: '' }, never);
  await clock.advance(0);
  return (await pairing).connection;
}

describe('how old a read is when it arrives', () => {
  it('is nothing where nothing took time, however long ago the till was heard of', async () => {
    const { connection } = await world.paired();
    await connection.refresh(never);
    await clock.advance(1400);
    await connection.scan({ text: '98' }, never);
    expect(world.taken[0]?.ageMs).toBe(0);
  });

  it('is what it was on its way for, and not what the phone had been silent for', async () => {
    let onItsWay = 0;
    const connection = await slowPhone((path) => (path.endsWith('msg') ? onItsWay : 0));
    const ready = connection.refresh(never);
    await clock.advance(0);
    await ready;
    await clock.advance(1000);
    onItsWay = 3000;
    const scanned = connection.scan({ text: '98' }, never);
    await clock.advance(3000);
    expect(await scanned).toMatchObject({ is: 'done' });
    expect(world.taken[0]?.ageMs).toBe(3000);
  });

  it('counts from the read where the first tries were lost', async () => {
    const fates: Fate[] = ['arrives'];
    world.fate = (path) => (path === 'msg' ? (fates.shift() ?? 'arrives') : 'arrives');
    const { connection } = await world.paired();
    await connection.refresh(never);
    fates.push('requestLost', 'requestLost', 'requestLost');
    const scanned = connection.scan({ text: '98' }, never);
    let waited = 0;
    while (world.taken.length === 0 && waited < 10_000) {
      await clock.advance(50);
      waited += 50;
    }
    await scanned;
    expect(waited).toBeGreaterThan(900);
    expect(world.taken[0]?.ageMs).toBeGreaterThanOrEqual(waited - 50);
    expect(world.taken[0]?.ageMs).toBeLessThanOrEqual(waited);
  });

  it('is all the time since the till told its tick where a phone says nothing of it', async () => {
    const { connection } = await world.paired();
    const to = (path: LinkPath, body: Uint8Array) => world.send(pathTo(world.link.tillId, path), body);
    const begun = beginSession(connection.stored, world.random);
    const session = begun.finish((await to('session', begun.body)).body, clock);
    await clock.advance(1200);
    await to('msg', session.seal({ v: 1, t: 'scan', id: 'A'.repeat(22), code: '98', tick: session.tick }).body);
    expect(world.taken[0]?.ageMs).toBe(1200);
  });
});

describe('a phone that was revoked and is paired again', () => {
  it('still asks for the scan that was not answered, and is not told that it never came', async () => {
    const store = new MemoryStore();
    const { connection } = await world.paired({}, store);
    await connection.refresh(never);
    world.fate = (path) => (path === 'msg' ? 'answerLost' : 'arrives');
    const scanned = connection.scan({ text: '98' }, never);
    await clock.advance(15_000);
    expect(await scanned).toMatchObject({ is: 'unknown' });
    expect(world.taken).toHaveLength(1);
    world.fate = () => 'arrives';
    await world.link.revoke([...world.book.phones.keys()][0]!);
    const again = await world.paired({}, store);
    expect(again.connection.stored.open).toBeDefined();
    expect(await again.connection.settle(never)).toEqual({ is: 'unknown', why: 'lost' });
    expect(await again.connection.settle(never)).toBeUndefined();
  });
});
