import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startChild, type RunningChild } from '../support/child.js';
import { startDaemon, type TestDaemon } from '../support/daemon.js';
import { buildFarEnd } from '../support/far-end/build.js';
import { startFarEnd, type FarEnd } from '../support/far-end.js';
import { needs } from '../support/needs.js';
import { startScanner, type Scanner } from '../support/scanner.js';
import { makeTempFolder } from '../support/temp-folder.js';
import { waitFor } from '../support/wait-for.js';
import { ask, cardCode } from './support.js';

const CROWD = fileURLToPath(new URL('../support/api-load.mjs', import.meta.url));
/** Each may make 50 requests a second. */
const CLIENTS = 12;
const REQUESTS_PER_SECOND = 500;
const WEBSOCKETS = 50;
const ROUNDS = 6;
const PER_ROUND = 100;

interface Side {
  readonly scanner: Scanner;
  readonly till: FarEnd;
  readonly microseconds: number[];
}

const at = (values: readonly number[], part: number): number => [...values].sort((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN;

/** Goods one after another: microseconds from the write at the scanner to the read at the till. */
async function round({ scanner, till, microseconds }: Side, from: number): Promise<void> {
  for (let i = from; i < from + PER_ROUND; i += 1) {
    const before = till.reads().length;
    const text = `46070${String(i).padStart(8, '0')}\r`;
    const sent = await scanner.scan(text);
    let so = '';
    // a loyalty number may come in between
    const last = await waitFor('the read at the till', () => {
      so = '';
      return till.reads().slice(before).find(({ bytes }) => (so += bytes.toString('latin1')).includes(text));
    });
    microseconds.push(Number(last.t - sent) / 1000);
  }
}

// 500 requests a second and 50 readers of events on one side, the checkout on the other.
needs('linux', 'socat', 'python3', 'gcc')('goods while the API is busy', () => {
  const folder = makeTempFolder();
  let daemon: TestDaemon;
  let crowd: RunningChild;
  let relay: RunningChild;
  const sides: Record<'tillbridge' | 'socat', Side> = {} as never;

  beforeAll(async () => {
    const program = await buildFarEnd('reader', folder.path);
    const [ours, theirs] = [await startScanner(), await startScanner()];
    const link = join(folder.path, 'till');
    daemon = await startDaemon(
      folder.path,
      `version: 1
readers: [{ id: counter, type: serial, path: ${ours.path} }, { id: hand, type: tcp, listen: "127.0.0.1:0" }]
codes: [{ name: universal, kind: card, match: "^98(?<value>\\\\d{14})$" }]
translators: [{ type: rule, number: "29{value:1..11}" }]
tills: [{ id: front, adapter: virtual-com, transport: pty, link: ${link} }]
api: { port: 0 }
`,
    );
    const out = join(folder.path, 'relay');
    relay = startChild('socat', [`${theirs.path},raw,echo=0`, `pty,raw,echo=0,link=${out}`]);
    await waitFor('socat', () => existsSync(out));
    sides.tillbridge = { scanner: ours, till: await startFarEnd(link, { program }), microseconds: [] };
    sides.socat = { scanner: theirs, till: await startFarEnd(out, { program }), microseconds: [] };
    crowd = startChild(process.execPath, [CROWD, daemon.url, String(REQUESTS_PER_SECOND), String(WEBSOCKETS)]);
    for (let i = 0; i < CLIENTS; i += 1) crowd.child.stdin.write(`${await daemon.token(`client ${String(i)}`, 'status:read,scan:read,scan:inject,goods:read,delivery')}\n`);
    crowd.child.stdin.write('\n');
    await crowd.waitForLine(/^ready$/);
  }, 90_000);
  afterAll(async () => {
    for (const { scanner, till } of Object.values(sides)) await Promise.all([scanner.stop(), till.kill()]);
    await Promise.all([crowd.stop(), relay.stop(), daemon.stop()]);
    folder.remove();
  });

  test('all of them arrive, in order; every answer and every outcome too', { timeout: 120_000 }, async () => {
    const token = await daemon.token('hand', 'scan:inject,scan:read');
    for (let i = 0; i < ROUNDS; i += 1) {
      const scan = ask(daemon.url, '/v1/scans?wait=1', { token, body: { code: cardCode(i), reader: 'hand' } });
      for (const side of Object.values(sides)) await round(side, i * PER_ROUND);
      expect((await scan).body).toMatchObject({ outcome: 'sent', evidence: 'read' });
    }
    crowd.child.stdin.write('stop\n');
    const [line] = await crowd.waitForLine(/^\{.*\}$/);
    const seen = JSON.parse(line) as { requests: number; perSecond: number; statuses: Record<string, number>; closed: number; frames: number; p99Ms: number };
    expect(Object.keys(seen.statuses)).toEqual(['200']);
    expect(seen.requests).toBeGreaterThan(REQUESTS_PER_SECOND);
    expect(seen.closed).toBe(0);
    expect(seen.frames).toBeGreaterThanOrEqual(WEBSOCKETS * ROUNDS * 2);

    const text = sides.tillbridge.till.received().toString('latin1').replaceAll(/29\d{11}\r/g, '');
    expect(text).toBe(Array.from({ length: ROUNDS * PER_ROUND }, (_, i) => `46070${String(i).padStart(8, '0')}\r`).join(''));
    // told, not judged: times are a promise of `npm run bench` on a quiet machine
    const ratio = (part: number): number => at(sides.tillbridge.microseconds, part) / at(sides.socat.microseconds, part);
    console.log(`goods beside ${String(seen.perSecond)} requests/s (p99 ${String(seen.p99Ms)} ms): p50 ${ratio(0.5).toFixed(2)} x, p99 ${ratio(0.99).toFixed(2)} x socat`);
  });
});
