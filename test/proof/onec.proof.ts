import { instant, NativeNumber, systemClock } from '@tillbridge/core';
import { expect, test } from 'vitest';
import { addinTill, compiledDriver, connected, never, portOf, quiet } from '../1c/driver.js';
import { waitFor } from '../support/wait-for.js';
import { note, scale } from './note.js';

test('1C: 100,000 events through the compiled driver, with a connection that breaks now and then: all there, in order, once, and no memory kept', async () => {
  const count = Math.round(100_000 * scale);
  const driver = await compiledDriver();
  const lost: number[] = [];
  const listen = { host: '127.0.0.1', port: 0 };
  let till = addinTill({ backlogMs: 60_000 });
  await till.open({ ...quiet, goodsDropped: (reads) => void lost.push(reads) }, never);
  listen.port = portOf(till);
  const onec = await connected(driver.library, till);
  const heard: string[] = [];
  const wrong: string[] = [];
  onec.onEvent(({ data }) => {
    const index = heard.push(data) - 1;
    if (data !== String(index)) wrong.push(data);
  });
  const start = performance.now();
  const memory = process.memoryUsage.rss();
  let restarts = 0;
  for (let i = 0; i < count; i += 1) {
    // every hundredth is a number: it waits for its neighbours
    if (i % 100 === 99) {
      const number = new NativeNumber('card', String(i));
      const { outcome } = await till.deliver({ id: `n-${String(i)}`, scanId: 's', till: 'front', number, at: instant(systemClock), expired: () => false }, never);
      expect(outcome).toBe('sent');
    } else {
      till.goods({ reader: 'r', bytes: Buffer.from(String(i)), terminator: Buffer.from('\r'), withSuffix: false, at: instant(systemClock) });
    }
    if (i % 25_000 !== 24_999) continue;
    await waitFor('all so far', () => heard.length === i + 1, 120_000);
    await till.close();
    till = addinTill({ backlogMs: 60_000, listen });
    await till.open({ ...quiet, goodsDropped: (reads) => void lost.push(reads) }, never);
    await waitFor('the driver to come back', () => till.state.status === 'ready', 60_000);
    restarts += 1;
  }
  await waitFor('the last one', () => heard.length === count, 120_000);
  const seconds = (performance.now() - start) / 1000;
  await till.close();
  await onec.close();
  const { blocks, wrongFrees } = driver.library.tables.memory;
  note('onec-events', { events: count, restarts, perSecond: count / seconds, lost: lost.length, wrong: wrong.length, blocks, wrongFrees, stray: driver.library.tables.stray, grownMiB: (process.memoryUsage.rss() - memory) / 2 ** 20 });
  driver.remove();
  expect({ lost, wrong, blocks, wrongFrees, stray: driver.library.tables.stray }).toEqual({ lost: [], wrong: [], blocks: 0, wrongFrees: 0, stray: 0 });
});
