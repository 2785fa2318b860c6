import { readdirSync, readFileSync } from 'node:fs';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NodePhone, readUrl } from '../support/phone/node-phone.js';
import { RecordingLine } from '../support/phone/recording-line.js';
import { countInMemory } from '../support/process-memory.js';
import { numberOf, TestShop, universal } from '../support/shop.js';

// Two built daemons: one has the page, and carries the sealed messages of its phones to the other one's till.

const signal = (): AbortSignal => AbortSignal.timeout(45_000);
const waiter = (more: object = {}) => ({ id: 'waiter', type: 'mobile', host: '127.0.0.1', port: 0, httpPort: 0, ...more });
const person = { name: 'Анна', model: 'Pixel 8' };
/** Codes that stand nowhere else by chance. */
const code = (): string => universal(randomInt(10_000_000, 99_999_999));

let hub: TestShop;
let bar: TestShop;
let line: RecordingLine;
beforeEach(async () => {
  line = await RecordingLine.open();
  hub = new TestShop();
  bar = new TestShop();
  bar.writeConfig({ readers: [waiter()] });
});
afterEach(async () => {
  await Promise.all([hub.close(), bar.close()]);
  await line.close();
});

async function places(shop: TestShop): Promise<{ readonly secure: string; readonly plain: string }> {
  const { body } = await shop.call('GET', '/v1/daemon');
  return (body['phones'] as { places: [{ secure: string; plain: string }] }).places[0];
}

async function runBar() {
  const daemon = await bar.run();
  line.target = (await places(bar)).plain;
  return daemon;
}

async function runHub(args: readonly string[] = []) {
  const { body } = await bar.call('GET', '/v1/phones');
  hub.writeConfig({ readers: [waiter({ relay: [{ id: body['tillId'], url: line.url }] })] });
  return hub.run(args);
}

async function invited(shop: TestShop): Promise<string> {
  const { body } = await shop.call('POST', '/v1/phones/pair', {});
  return readUrl(String(body['url'])).fragment;
}

describe('a phone whose page is another daemon\'s', () => {
  test('scans to each till that it is paired with, and to no other', async () => {
    await runBar();
    await runHub();
    const phone = new NodePhone((await places(hub)).secure);
    const near = (await phone.client.pair(await invited(hub), person, signal())).connection;
    const far = (await phone.client.pair(await invited(bar), person, signal())).connection;
    const [hubTill, barTill] = [hub.openTill(), bar.openTill()];
    const [one, two, three] = [code(), code(), code()];
    expect(await far.scan({ text: one, symbology: 'qr' }, signal())).toMatchObject({ is: 'done', outcome: 'sent', signal: 'good' });
    expect(await near.scan({ text: two }, signal())).toMatchObject({ is: 'done', outcome: 'sent' });
    expect(await far.scan({ text: three }, signal())).toMatchObject({ is: 'done', outcome: 'sent' });
    expect((await barTill.waitForBytes(28)).toString()).toBe(`${numberOf(one)}\r${numberOf(three)}\r`);
    expect((await hubTill.waitForBytes(14)).toString()).toBe(`${numberOf(two)}\r`);
    const seen = await hub.json<{ rows: { id: string; level: string }[] }>(['doctor']);
    expect(seen.rows.filter(({ id }) => id === 'reader waiter relay')).toMatchObject([{ level: 'ok' }]);
    // each till lists its own phone, with a key of its own
    const ids = await Promise.all([hub, bar].map(async (shop) => ((await shop.call('GET', '/v1/phones')).body['phones'] as { id: string }[]).map(({ id }) => id)));
    expect(ids.map((each) => each.length)).toEqual([1, 1]);
    expect(ids[0]).not.toEqual(ids[1]);
  });

  test('is read by nobody on the way: not in the messages, the log, the files or the memory of the daemon that carries them', async () => {
    await runBar();
    const daemon = await runHub(['--log-level', 'debug']);
    const phone = new NodePhone((await places(hub)).secure);
    const far = (await phone.client.pair(await invited(bar), person, signal())).connection;
    bar.openTill();
    const codes = Array.from({ length: 3 }, code);
    for (const text of codes) expect(await far.scan({ text }, signal())).toMatchObject({ is: 'done', outcome: 'sent' });
    const secrets = codes.flatMap((text) => [text.slice(-10), numberOf(text).slice(0, 12)]);
    const crossed = Buffer.concat(line.crossed).toString('latin1');
    expect(crossed).toContain('/v1/at/');
    const files = readdirSync(hub.state, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const kept = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1')).join();
    for (const secret of [...secrets, 'Анна', 'Pixel 8']) {
      for (const text of [crossed, kept, daemon.stdout(), daemon.stderr()]) expect(text.includes(secret)).toBe(false);
    }
    if (process.platform === 'linux') {
      const counted = countInMemory(daemon.pid, [far.tillId, ...secrets]);
      // it is the right process: it knows where to carry what it cannot read
      expect(counted.get(far.tillId)).toBeGreaterThan(0);
      expect(secrets.filter((secret) => counted.get(secret) !== 0)).toEqual([]);
    }
    // sealed texts have few lengths: they do not tell a long code from a short one
    expect(new Set(line.crossed.filter((_, i) => i % 4 === 1).map(({ length }) => length)).size).toBeLessThanOrEqual(4);
  });

  test('is told when the till is away, and goes on when it is back, as when the daemon of the page was restarted', async () => {
    const first = await runBar();
    const firstHub = await runHub();
    const phone = new NodePhone((await places(hub)).secure);
    const far = (await phone.client.pair(await invited(bar), person, signal())).connection;
    expect(await far.refresh(signal())).toBe('ready');
    await first.stop();
    const lost = code();
    expect(await far.scan({ text: lost }, signal())).toMatchObject({ is: expect.stringMatching(/^(nothing|unknown)$/) as string, why: 'away' });
    await runBar();
    await firstHub.stop();
    await hub.run();
    phone.moveTo((await places(hub)).secure);
    const till = bar.openTill();
    const next = code();
    // a scan that was sent is asked for first: it never arrived
    await far.settle(signal());
    expect(await far.scan({ text: next }, signal())).toMatchObject({ is: 'done', outcome: 'sent' });
    expect((await till.waitForBytes(14)).toString()).toBe(`${numberOf(next)}\r`);
  });

  test('revoked at its till is cut off, whatever the daemon in between does', async () => {
    await runBar();
    await runHub();
    const phone = new NodePhone((await places(hub)).secure);
    const far = (await phone.client.pair(await invited(bar), person, signal())).connection;
    const held = far.refresh(signal(), 20_000);
    await far.refresh(signal());
    const [{ id }] = (await bar.call('GET', '/v1/phones')).body['phones'] as [{ id: string }];
    expect((await bar.call('DELETE', `/v1/phones/${id}`)).status).toBe(200);
    expect(await held).toBe('notPaired');
    expect(await far.scan({ text: code() }, signal())).toEqual({ is: 'notPaired' });
  });
});

test('the QR code of a till behind another daemon leads to that one\'s page', async () => {
  bar.writeConfig({ readers: [waiter({ hub: 'https://192.168.1.10:48443' })] });
  await bar.run();
  const { body } = await bar.call('POST', '/v1/phones/pair', {});
  expect(body['url']).toMatch(/^https:\/\/192\.168\.1\.10:48443\/#[\w-]{95}$/);
  const listed = await bar.cli(['mobile', 'list']);
  expect(listed.stdout).toMatch(/[\w-]{16}$/m);
});
