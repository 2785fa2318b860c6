import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { needs } from '../support/needs.js';
import { numberOf, TestShop, universal, type ConfigObject } from '../support/shop.js';
import { waitFor } from '../support/wait-for.js';
import { freePort, startWorkplace } from './workplace-process.js';

const TOKEN = 'made-up-token-of-the-evening';
const CODE = universal(1);
const NUMBER = numberOf(CODE);
const GOODS = '010460123456789321abc\u001d93xyz';

interface Build {
  readonly buildLibrary: (target: string, out: string) => Promise<string>;
  readonly buildZip: (libraries: Readonly<Record<string, string>>, out: string) => Promise<string>;
}

needs('linux', 'gcc')('1C: the built daemon, and a workplace with the compiled driver from its ZIP', () => {
  let out: string;
  let zip: string;
  let shop: TestShop;
  let port: number;
  const env = { ONEC_TOKEN: TOKEN, ONEC_ODATA: 'secret' };

  beforeAll(async () => {
    out = mkdtempSync(join(tmpdir(), 'tillbridge-1c-'));
    const { buildLibrary, buildZip } = (await import(/* @vite-ignore */ new URL('../../packages/adapter-1c/addin/build.mjs', import.meta.url).href)) as Build;
    zip = await buildZip({ linux64: await buildLibrary('linux64', out) }, out);
  });
  afterAll(() => rmSync(out, { recursive: true }));
  beforeEach(async () => {
    shop = new TestShop();
    port = await freePort();
  });
  afterEach(() => shop.close());

  const addin = (more: ConfigObject = {}): ConfigObject => ({
    ...{ id: 'front', adapter: '1c', transport: 'addin', listen: `127.0.0.1:${String(port)}`, secrets: { token: '${env:ONEC_TOKEN}' } },
    ...more,
  });
  const workplace = (...args: readonly string[]) => startWorkplace(zip, '--connect', `127.0.0.1:${String(port)}`, '--token', TOKEN, ...args);
  const cli = async (...args: readonly string[]): Promise<Record<string, unknown>> => {
    const { stdout, stderr } = await shop.cli([...args, '--json'], { env, timeoutMs: 90_000 });
    return JSON.parse(stdout === '' ? stderr : stdout) as Record<string, unknown>;
  };
  const doctor = async (): Promise<readonly { level: string; id: string; text: string }[]> => (await cli('doctor'))['rows'] as { level: string; id: string; text: string }[];
  const connected = () => shop.partUntil('tills', 'front', ({ status }) => status === 'ready', 60_000);

  test('goods and a card from the scanner to the event, GS kept; doctor names the driver; the journal is masked', async () => {
    shop.writeConfig({ tills: [addin()] });
    const scanner = await shop.scanner();
    await shop.run([], env);
    const onec = await workplace();
    await connected();
    expect((await doctor()).find(({ id }) => id === 'till front')).toMatchObject({ level: 'ok', text: expect.stringMatching(/^ready: driver \d+\.\d+\.\d+ in /) as unknown });
    await scanner.send(`${GOODS}\r`);
    await waitFor('the product', async () => (await onec.events()).length === 1);
    expect(await cli('scan', CODE, '--wait')).toMatchObject({ outcome: 'sent', evidence: 'queued' });
    await waitFor('the card', async () => (await onec.events()).length === 2);
    expect(await onec.events()).toEqual([GOODS, NUMBER]);
    const { stdout } = await shop.cli(['journal', '--json'], { env });
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({ till: 'front', kind: 'card', outcome: 'sent', evidence: 'queued' });
    expect(stdout).not.toContain(NUMBER);
    await onec.stop();
    await shop.partUntil('tills', 'front', ({ code }) => code === 'TB_TILL_ONEC_NO_DRIVER', 60_000);
    expect((await doctor()).find(({ id }) => id === 'till front')).toMatchObject({ level: 'warn' });
    expect(await cli('scan', universal(2), '--wait')).toMatchObject({ outcome: 'unavailable', reason: 'notConnected' });
  }, 180_000);

  test('with the extension and the look into the catalogue: applied; a card that is nowhere never reaches 1C', async () => {
    // 1C first: the daemon may be started later
    const onec = await workplace('--extension');
    shop.writeConfig({ tills: [addin({ confirmMs: 3000, odata: { url: onec.odata, user: 'odata', secrets: { password: '${env:ONEC_ODATA}' }, timeoutMs: 10_000 } })] });
    await shop.run([], env);
    await connected();
    expect((await doctor()).find(({ id }) => id === 'till.front.odata')).toMatchObject({ level: 'ok' });
    expect(await cli('scan', CODE, '--wait')).toMatchObject({ outcome: 'notFound', reason: 'notInCatalogue' });
    expect(await onec.events()).toEqual([]);
    await onec.call('PUT', '/cards', { barcode: NUMBER });
    expect(await cli('scan', CODE, '--wait')).toMatchObject({ outcome: 'applied', evidence: 'confirmed' });
    expect((await onec.call('GET', '/state'))['receipt']).toEqual({ products: [], card: NUMBER });
  }, 180_000);

  test('kill -9 with a number in the driver: 1C gets it once, and the next daemon does not send it again', async () => {
    shop.writeConfig({ tills: [addin({ expireMs: 60_000 })] });
    const daemon = await shop.run([], env);
    const onec = await workplace();
    await connected();
    await onec.call('PUT', '/workplace', { full: true });
    const scanned = shop.cli(['scan', CODE, '--wait'], { env, timeoutMs: 90_000 });
    await waitFor('1C to refuse the event', async () => ((await onec.call('GET', '/state'))['refusedCalls'] as number) > 0);
    daemon.child.kill('SIGKILL');
    await scanned;
    await onec.call('PUT', '/workplace', { full: false });
    await waitFor('the number', async () => (await onec.events()).length === 1);
    await shop.run([], env);
    await connected();
    expect(await cli('scan', universal(2), '--wait')).toMatchObject({ outcome: 'sent' });
    await waitFor('the next number', async () => (await onec.events()).length === 2);
    expect(await onec.events()).toEqual([NUMBER, numberOf(universal(2))]);
    const rows = await shop.scans();
    // known from the driver where it came back in time; never guessed
    expect(rows.map(({ outcome }) => outcome).filter((outcome) => outcome !== 'sent' && outcome !== 'unknown')).toEqual([]);
    expect(rows).toHaveLength(2);
  }, 180_000);

  test('as a scanner of the stock driver: goods and a card over the port; and a wrong token of ours is named', async () => {
    const device = { adapter: 'virtual-com', transport: 'pty', link: shop.path('till-front') };
    shop.writeConfig({ tills: [{ id: 'front', adapter: '1c', transport: 'device', device, suffix: 'CRLF' }, { ...addin(), id: 'back' }], routes: [{ readers: ['counter'], till: 'front' }] });
    const scanner = await shop.scanner();
    await shop.run([], env);
    const stock = await workplace('--port', shop.path('till-front'), '--suffix', '3338');
    await shop.partUntil('tills', 'front', ({ status, reason }) => status === 'ready' && reason === undefined, 60_000);
    await scanner.send('4601234567893\r\n');
    await waitFor('the product', async () => (await stock.events()).length === 1);
    expect(await cli('scan', CODE, '--wait')).toMatchObject({ outcome: 'sent' });
    await waitFor('the card', async () => (await stock.events()).length === 2);
    expect(await stock.events()).toEqual(['4601234567893', NUMBER]);
    await startWorkplace(zip, '--connect', `127.0.0.1:${String(port)}`, '--token', 'another-made-up-token');
    await shop.partUntil('tills', 'back', ({ code }) => code === 'TB_TILL_ONEC_WRONG_TOKEN', 60_000);
  }, 180_000);
});
