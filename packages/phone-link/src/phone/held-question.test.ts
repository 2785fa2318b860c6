import { VirtualClock } from '@tillbridge/testkit';
import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryStore, World } from '../test-support.js';
import type { Post } from './ports.js';
import type { TillConnection } from './till-connection.js';

const never = new AbortController().signal;
const HOLD_MS = 4000;

let clock: VirtualClock;
let world: World;
/** Breaks the connections of what is held now, as the system of a program that was killed does. */
let hangUp: () => void;
let connection: TillConnection;

beforeEach(async () => {
  clock = new VirtualClock();
  world = new World(clock);
  const post: Post = (path, body, signal) => {
    world.wire.push({ path: path.split('/').at(-1) ?? '', body });
    return Promise.race([
      world.send(path, body, signal),
      new Promise<never>((_, reject) => {
        hangUp = () => reject(new Error('connection reset'));
      }),
    ]);
  };
  ({ connection } = await world.phone(new MemoryStore(), { post }).pair(world.link.invite().fragment, { name: 'Anna', model: '' }, never));
  await connection.refresh(never);
  world.wire.length = 0;
});

/** The till holds a question for so long already, in ms. */
async function asked(ms: number): Promise<void> {
  connection.refresh(never, HOLD_MS).catch(() => undefined);
  await clock.advance(ms);
}

describe('a scan while the till holds a question of the phone', () => {
  it('is sent at once, although nothing was heard for seconds', async () => {
    await asked(3000);
    const before = world.wire.length;
    expect(await connection.scan({ text: '98' }, never)).toMatchObject({ is: 'done' });
    expect(world.wire.length - before).toBe(1);
  });

  it('waits for an answer first where the question went out into a long silence', async () => {
    await clock.advance(2000);
    await asked(1000);
    const before = world.wire.length;
    expect(await connection.scan({ text: '98' }, never)).toMatchObject({ is: 'done' });
    expect(world.wire.length - before).toBe(2);
  });

  it('is not sent into the session of a till that was killed meanwhile', async () => {
    await asked(3000);
    hangUp();
    await clock.advance(0);
    world.restart();
    const scanning = connection.scan({ text: '98' }, never);
    await clock.advance(2000);
    expect(await scanning).toMatchObject({ is: 'done' });
    expect(world.taken).toHaveLength(1);
  });

  it('is asked about first again once the question was answered long ago', async () => {
    await asked(HOLD_MS);
    await clock.advance(2000);
    const before = world.wire.length;
    await connection.scan({ text: '98' }, never);
    expect(world.wire.length - before).toBe(2);
  });
});
