import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../journal/fixture.js';
import { readOutbox } from './index.js';

// The built package in a process of its own, killed while it stores. It prints each receipt's id once that is acknowledged.
const store = new URL('../../dist/index.js', import.meta.url).href;
const core = new URL('../../../core/dist/index.js', import.meta.url).href;
const WRITER = `
  const [{ ReceiptOutbox, openStateFolder }, { systemClock }, { writeSync }] =
    await Promise.all([import(${JSON.stringify(store)}), import(${JSON.stringify(core)}), import('node:fs')]);
  const [path, run] = process.argv.slice(1);
  const outbox = new ReceiptOutbox({ folder: openStateFolder(path), clock: systemClock });
  const lane = async (name) => {
    for (let n = 0; ; n += 1) {
      const receiptId = run + '-' + name + '-' + n;
      await outbox.put({ receiptId, till: 't', closedAt: 1, body: { n }, personal: { cashier: { code: receiptId } } });
      writeSync(1, receiptId + '\\n');
    }
  };
  await Promise.all(['a', 'b', 'c'].map(lane));`;

it('a daemon killed while it stores receipts has lost none that it acknowledged: 12 times on one outbox', { timeout: 60_000 }, async () => {
  const place = temporaryFolder();
  const acknowledged: string[] = [];
  for (let run = 0; run < 12; run += 1) {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', WRITER, place.folder.path, String(run)], { stdio: ['ignore', 'pipe', 'inherit'] });
    const until = acknowledged.length + 1 + ((run * 17) % 40);
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      const lines = createInterface(child.stdout);
      lines.on('line', (line) => {
        acknowledged.push(line);
        if (acknowledged.length === until) child.kill('SIGKILL');
      });
      lines.once('close', resolve);
    });
    const kept = new Map(readOutbox(place.folder, { limit: 100_000 }).map((receipt) => [receipt.receiptId, receipt.personal]));
    expect(acknowledged.filter((id) => JSON.stringify(kept.get(id)) !== JSON.stringify({ cashier: { code: id } }))).toEqual([]);
  }
  expect(acknowledged.length).toBeGreaterThan(100);
  place.dispose();
});
