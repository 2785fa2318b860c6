import { VirtualClock } from '@tillbridge/testkit';
import { expect, it } from 'vitest';
import { RightOfWay } from './right-of-way.js';

function setUp() {
  const clock = new VirtualClock(1000);
  const done: string[] = [];
  const way = new RightOfWay(clock);
  return { clock, way, done, later: (name: string) => way.after(() => done.push(name)) };
}

it('holds nothing up while nobody has the right of way', async () => {
  const { clock, done, later } = setUp();
  later('a');
  expect(done).toEqual([]);
  await clock.advance(0);
  expect(done).toEqual(['a']);
});

it('what can wait waits for the last of those who go first, in order', async () => {
  const { clock, way, done, later } = setUp();
  way.hold('one', 20);
  way.hold('two', 20);
  later('a');
  later('b');
  way.release('one');
  await clock.advance(5);
  expect(done).toEqual([]);
  way.release('two');
  await clock.advance(0);
  expect(done).toEqual(['a', 'b']);
});

it('waits for nobody longer than was said', async () => {
  const { clock, way, done, later } = setUp();
  way.hold('one', 20);
  later('a');
  await clock.advance(19);
  expect(done).toEqual([]);
  await clock.advance(1);
  await clock.advance(0);
  expect(done).toEqual(['a']);
});

it('is taken back before and after it was let go', async () => {
  const { clock, way, done, later } = setUp();
  way.hold('one', 20);
  const a = later('a');
  const b = later('b');
  a();
  way.release('one');
  b();
  await clock.advance(0);
  expect(done).toEqual([]);
});
