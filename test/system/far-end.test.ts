import { afterAll, describe, expect, test } from 'vitest';
import { buildFarEnd } from '../support/far-end/build.js';
import { startFarEnd } from '../support/far-end.js';
import { needs } from '../support/needs.js';
import { startTtyPair } from '../support/socat.js';
import { makeTempFolder, tempFolder } from '../support/temp-folder.js';
import { waitFor } from '../support/wait-for.js';

needs('linux', 'socat', 'python3', 'gcc')('the far end', () => {
  const build = makeTempFolder();
  afterAll(build.remove);
  const languages: readonly [string, () => Promise<{ program?: string }>][] = [
    ['python', async () => ({})],
    ['c', async () => ({ program: await buildFarEnd('reader', build.path) })],
  ];

  describe.each(languages)('%s', (_, settings) => {
    test('gets every byte as written, with rising times, and can write back', async () => {
      const pair = await startTtyPair(tempFolder());
      const left = await startFarEnd(pair.a, await settings());
      const right = await startFarEnd(pair.b, await settings());
      const every = Buffer.from(Array.from({ length: 256 }, (__, i) => i));
      const before = process.hrtime.bigint();
      await left.write(every);
      expect(await right.waitForBytes(256)).toEqual(every);
      await right.write(Buffer.from('ok\r'));
      await left.waitForText('ok\r');
      const times = [before, ...right.reads().map((read) => read.t), process.hrtime.bigint()];
      expect(times.every((t, i) => i === 0 || t >= times[i - 1]!)).toBe(true);
      await Promise.all([left.quit(), right.quit()]);
      await pair.unplug();
    });

    test('pauses, flushes, closes and opens when told, and notes a hang-up', async () => {
      const folder = tempFolder();
      const pair = await startTtyPair(folder);
      const writer = await startFarEnd(pair.a, await settings());
      const reader = await startFarEnd(pair.b, { ...(await settings()), closed: true });
      await reader.open();
      await reader.pause();
      await writer.write(Buffer.from('lost'));
      await waitFor('the bytes to be queued', async () => (await reader.queued()) === 4);
      expect(reader.received()).toHaveLength(0);
      await reader.flush();
      expect(await reader.queued()).toBe(0);
      await writer.write(Buffer.from('kept'));
      await reader.resume();
      expect(await reader.waitForText('kept')).toEqual(Buffer.from('kept'));
      await pair.unplug();
      await expect(reader.waitForBytes(1000, 200)).rejects.toThrow('bytes arrived');
      expect(reader.errors()).toHaveLength(1);
      const again = await startTtyPair(folder);
      await reader.open();
      await again.unplug();
      await reader.quit();
      await writer.kill();
      await expect(reader.open()).rejects.toThrow('has ended');
    });
  });

  test('a port that is not there is an error at once', async () => {
    await expect(startFarEnd('/nonexistent/tty')).rejects.toThrow('ENOENT');
  });
});
