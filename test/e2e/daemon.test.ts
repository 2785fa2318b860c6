import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { callSocket } from '../support/control.js';
import { numberOf, TestShop, universal, type PartRow } from '../support/shop.js';
import { waitFor } from '../support/wait-for.js';

const linux = process.platform === 'linux' ? describe : describe.skip;

linux('the daemon', () => {
  let shop: TestShop;
  beforeEach(() => {
    shop = new TestShop();
  });
  afterEach(() => shop.close());

  test('READY is the one line on stdout; the state folder is private; stop ends it with 0 and clears up', async () => {
    await shop.scanner();
    const daemon = await shop.run();
    expect(daemon.stdout()).toBe(`READY pid=${String(daemon.pid)} api=off\n`);
    for (const line of daemon.stderr().trimEnd().split('\n')) expect(JSON.parse(line)).toHaveProperty('event');
    expect(statSync(shop.state).mode & 0o777).toBe(0o700);
    expect(statSync(join(shop.state, 'keys')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(shop.state, 'keys')).length).toBeGreaterThan(0);
    for (const key of readdirSync(join(shop.state, 'keys'))) expect(statSync(join(shop.state, 'keys', key)).mode & 0o777).toBe(0o600);
    for (const file of ['cards.db', 'journal.db', 'daemon.lock', 'control.sock']) {
      const path = join(shop.state, file);
      if (existsSync(path)) expect(statSync(path).mode & 0o077, file).toBe(0);
    }
    const stopped = await shop.cli(['stop']);
    expect(stopped).toEqual({ code: 0, stdout: 'stopped\n', stderr: '' });
    expect(await daemon.exited).toEqual({ code: 0, signal: null });
    expect(daemon.stdout().split('\n')).toHaveLength(2);
    expect(existsSync(shop.socket)).toBe(false);
    expect(() => lstatSync(shop.path('till-front'))).toThrow('ENOENT');
    expect((await shop.cli(['stop'])).code).toBe(3);
  });

  test('--json: READY as an object, with the address of the API', async () => {
    shop.writeConfig({ api: { port: 0 } });
    const daemon = shop.start(['--json']);
    const [line] = await daemon.waitForLine(/^\{.*\}$/);
    const ready: unknown = JSON.parse(line);
    expect(ready).toEqual({ ready: true, pid: daemon.pid, api: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string });
    expect(daemon.stderr()).not.toMatch(/no API/);
  });

  test('one daemon a state folder: the second exits 1 and names the first', async () => {
    const first = await shop.run();
    const second = await shop.cli(['run']);
    expect({ code: second.code, stdout: second.stdout }).toEqual({ code: 1, stdout: '' });
    expect(second.stderr).toMatch(/^TB_API_DAEMON_RUNNING: .+\n.+\n$/m);
    expect(second.stderr).toContain(`pid ${String(first.pid)}`);
    expect((await shop.cli(['status'])).code).toBe(0);
  });

  test('status, as text and as JSON, in the language asked for', async () => {
    await shop.scanner();
    const daemon = await shop.run();
    const status = await shop.json<{ pid: number; state: string; config: string; health: string; readers: PartRow[]; tills: PartRow[] }>(['status']);
    expect(status).toMatchObject({ pid: daemon.pid, state: shop.state, config: shop.configFile, api: 'off', health: 'healthy' });
    expect(status.readers).toMatchObject([{ id: 'counter', type: 'serial', status: 'ready', health: 'healthy' }]);
    expect(status.tills).toMatchObject([{ id: 'front', adapter: 'virtual-com', status: 'ready', code: 'TB_TILL_NOT_LISTENING' }]);
    const text = await shop.cli(['status']);
    expect(text.stdout).toContain(`pid ${String(daemon.pid)}`);
    expect(text.stdout).toMatch(/counter\s+serial\s+ready/);
    expect((await shop.cli(['status', '--lang', 'ru'])).stdout).toContain('кассовая программа не открыла порт');
    shop.openTill();
    expect(await shop.partUntil('tills', 'front', ({ reason }) => reason === undefined)).toMatchObject({ status: 'ready', health: 'healthy' });
  });

  test('scan: kinds, --wait, --hex, exit codes', async () => {
    // each command is a process: on a busy machine the second one begins late
    shop.writeConfig({ tills: [shop.till('front', { duplicateMs: 120_000 })] });
    await shop.run();
    const code = universal(1);
    const shut = await shop.cli(['scan', code, '--wait', '--json']);
    expect(shut.code).toBe(1);
    expect(JSON.parse(shut.stdout)).toMatchObject({ kind: 'card', outcome: 'rejected', reason: 'portNotOpen' });
    const till = shop.openTill();
    const sent = await shop.json<{ scanId: string }>(['scan', code, '--wait']);
    expect(sent).toEqual({ scanId: expect.stringMatching(/^[\w-]{16,}$/) as unknown, kind: 'card', outcome: 'sent', evidence: 'read' });
    await till.waitForText(`${numberOf(code)}\r`);
    expect((await shop.json<{ scanId: string }>(['scan', code, '--wait']))).toMatchObject({ scanId: sent.scanId, duplicate: true, outcome: 'sent' });
    expect(await shop.json(['scan', 'CPN000123'])).toMatchObject({ kind: 'coupon' });
    await till.waitForText('55000123\r');
    const hex = Buffer.from(`0104600000000000215\u001d93abcd`, 'latin1').toString('hex');
    expect(await shop.json(['scan', '--hex', hex])).toMatchObject({ kind: 'goods', handled: true });
    await till.waitForText('0104600000000000215\u001d93abcd\r');
    expect(await shop.cli(['scan', '4601234567893', '--wait'])).toMatchObject({ code: 0 });
    const unknown = await shop.cli(['scan', '7700000001', '--wait', '--json']);
    expect(unknown.code).toBe(1);
    expect(JSON.parse(unknown.stdout)).toMatchObject({ outcome: 'notFound' });
    expect(await shop.json(['scan', '9161112233', '--kind', 'phone', '--wait'])).toMatchObject({ kind: 'phone', outcome: 'notFound' });
    expect(await shop.cli(['scan', '--hex', 'abc'])).toMatchObject({ code: 2, stdout: '' });
    expect(await shop.cli(['scan', ''])).toMatchObject({ code: 2, stdout: '' });
    expect(await shop.cli(['scan', 'x'.repeat(9000)])).toMatchObject({ code: 2, stdout: '' });
    const reader = await shop.cli(['scan', '1', '--reader', 'nosuch']);
    expect(reader).toMatchObject({ code: 3, stdout: '' });
    expect(reader.stderr).toMatch(/^TB_SCAN_UNKNOWN_READER: .+\n.*counter\n$/);
  });

  test('journal: rows, filters, --follow, verify', async () => {
    await shop.run();
    const till = shop.openTill();
    const start = new Date().toISOString();
    for (const text of [universal(1), universal(2), '7700000001']) await shop.call('POST', '/v1/scans?wait=1', { code: text });
    await till.waitForText(numberOf(universal(2)));
    const rows = await shop.rows();
    expect(rows.map(({ reader, till: to, kind, code, number, outcome }) => [reader, to, kind, code, number, outcome])).toEqual([
      ['counter', 'front', 'card', `****${universal(1).slice(-4)}`, `****${numberOf(universal(1)).slice(-4)}`, 'sent'],
      ['counter', 'front', 'card', `****${universal(2).slice(-4)}`, `****${numberOf(universal(2)).slice(-4)}`, 'sent'],
      ['counter', 'front', 'card', '****01', null, 'notFound'],
    ]);
    expect(rows.every(({ time, seq }, i) => !Number.isNaN(Date.parse(time)) && seq > (rows[i - 1]?.seq ?? 0))).toBe(true);
    const lines = async (...args: string[]): Promise<number> => (await shop.cli(['journal', '--json', ...args])).stdout.split('\n').filter(Boolean).length;
    expect([await lines(), await lines('--outcome', 'sent'), await lines('--limit', '1'), await lines('--since', start), await lines('--since', '2099-01-01T00:00:00Z')]).toEqual([3, 2, 1, 3, 0]);
    expect((await shop.cli(['journal', '--limit', '1'])).stdout).toMatch(/notFound\n$/);
    const { startCli } = await import('../support/cli.js');
    const follow = startCli(['journal', '--follow', '--limit', '1', '--json', '--state', shop.state]);
    await follow.waitForLine(/"notFound"/);
    await shop.call('POST', '/v1/scans', { code: universal(3) });
    await follow.waitForLine(new RegExp(`"code":"\\*\\*\\*\\*${universal(3).slice(-4)}"`));
    follow.child.kill('SIGINT');
    expect(await follow.exited).toEqual({ code: 0, signal: null });
    expect(await shop.cli(['journal', 'verify'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^ok \d+ entries\n$/) as unknown });
    expect(await shop.json(['journal', 'verify'])).toMatchObject({ ok: true });
  });

  test('translate: step by step, masked unless revealed, exit 0 whatever the result; needs no daemon', async () => {
    const code = universal(7);
    const plain = await shop.json(['translate', `]Q1${code}`]);
    expect(plain).toMatchObject({ kind: 'card', result: 'found', number: `****${numberOf(code).slice(-4)}` });
    expect(Object.keys(plain).sort()).toEqual(['kind', 'number', 'result', 'steps', 'value']);
    expect(await shop.json(['translate', code, '--reveal'])).toMatchObject({ value: code.slice(2), number: numberOf(code) });
    expect(await shop.json(['translate', '4601234567893'])).toMatchObject({ kind: 'goods', result: 'goods', number: null });
    expect(await shop.json(['translate', '9161112233', '--kind', 'phone'])).toMatchObject({ kind: 'phone', result: 'notFound' });
    expect(await shop.json(['translate', '--hex', Buffer.from(code).toString('hex')])).toMatchObject({ kind: 'card', result: 'found' });
    const text = await shop.cli(['translate', code]);
    expect(text.code).toBe(0);
    expect(text.stdout).not.toContain(code.slice(2));
    expect(text.stdout).toMatch(/^ 1\. /);
    expect(await shop.cli(['translate', '1', '--reader', 'nosuch'])).toMatchObject({ code: 2 });
    expect(existsSync(shop.state)).toBe(false);
  });

  test('doctor and devices', async () => {
    const broken = await shop.cli(['doctor', '--json']);
    expect(broken.code).toBe(1);
    const report = JSON.parse(broken.stdout) as { ok: boolean; rows: { level: string; id: string; text: string; remedy?: string }[] };
    expect(report.ok).toBe(false);
    expect(report.rows.find(({ id }) => id === 'reader counter')).toMatchObject({ level: 'fail', remedy: expect.any(String) as unknown });
    for (const row of report.rows) expect(['ok', 'warn', 'fail']).toContain(row.level);
    await shop.scanner();
    expect((await shop.cli(['doctor'])).stdout).toMatch(/^ok {4}reader counter/m);
    await shop.run();
    const live = await shop.cli(['doctor', '--json']);
    expect(live.code).toBe(0);
    expect((JSON.parse(live.stdout) as typeof report).rows.find(({ id }) => id === 'till front')).toMatchObject({ level: 'warn', remedy: expect.any(String) as unknown });
    expect(await shop.json(['devices'])).toHaveProperty('devices');
  });

  test('a state folder with a long path has its socket elsewhere, and all commands find it', async () => {
    const runtime = shop.path('run');
    shop.write('run/keep', '');
    const env = { XDG_RUNTIME_DIR: runtime };
    const state = join(shop.folder, 'x'.repeat(110));
    const daemon = shop.start(['--state', state], env);
    await daemon.waitForLine(/^READY/);
    expect(existsSync(join(state, 'control.sock'))).toBe(false);
    const folder = join(runtime, readdirSync(runtime).find((name) => name.startsWith('tillbridge-')) ?? '');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect((await shop.cli(['status', '--state', state], { env })).code).toBe(0);
    expect((await shop.cli(['stop', '--state', state], { env })).code).toBe(0);
    expect(await daemon.exited).toEqual({ code: 0, signal: null });
  });

  test('when the control socket cannot be made nothing starts', async () => {
    shop.write('run/keep', '');
    const { mkdirSync, chmodSync } = await import('node:fs');
    mkdirSync(join(shop.path('run'), `tillbridge-${String(process.getuid?.())}`));
    chmodSync(join(shop.path('run'), `tillbridge-${String(process.getuid?.())}`), 0o777);
    const { code, stdout, stderr } = await shop.cli(['run', '--state', join(shop.folder, 'x'.repeat(110))], { env: { XDG_RUNTIME_DIR: shop.path('run') } });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^TB_JOURNAL_STATE_FOLDER: .+\n.+\n$/);
    expect(existsSync(shop.path('till-front'))).toBe(false);
  });

  test('a log file: everything goes there; one that cannot be written is a wrong configuration; a full disk stops nothing', async () => {
    shop.writeConfig({ log: { level: 'debug', file: shop.path('logs/bridge.log') } });
    const daemon = await shop.run();
    await daemon.stop();
    expect(daemon.stderr()).toBe('');
    expect(readFileSync(shop.path('logs/bridge.log'), 'utf8')).toContain('"event"');
    shop.writeConfig({ log: { file: shop.state } });
    const refused = await shop.cli(['run']);
    expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/^TB_CONFIG_LOG_FILE: .+\n.+\n$/);
    shop.writeConfig({ log: { level: 'debug', file: '/dev/full' } });
    await shop.run();
    const till = shop.openTill();
    await waitFor('the number', async () => (await shop.cli(['scan', universal(5), '--wait'])).code === 0, 20_000);
    expect(till.text()).toContain(numberOf(universal(5)));
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('%s with things in flight: done within 5 s, each scan has its outcome', async (signal) => {
    // a number that would wait for much longer
    shop.writeConfig({ tills: [shop.till('front', { expireMs: 120_000 })] });
    const daemon = await shop.run();
    const till = shop.openTill();
    till.pause();
    const waiting = shop.cli(['scan', universal(1), '--wait', '--json']);
    await shop.partUntil('tills', 'front', ({ underWay }) => underWay === 1);
    await shop.silence();
    const asked = performance.now();
    daemon.child.kill(signal);
    expect(await daemon.exited).toEqual({ code: 0, signal: null });
    // 5 s of its own, and what a busy machine adds
    expect(performance.now() - asked).toBeLessThan(30_000);
    const answer = await waiting;
    expect(answer.code).toBe(1);
    expect(JSON.parse(answer.stdout)).toMatchObject({ outcome: 'expired' });
    expect((await shop.rows()).map(({ outcome }) => outcome)).toEqual(['expired']);
    expect((await shop.cli(['journal', 'verify'])).code).toBe(0);
  });

  test('the reader of stdout may go; the daemon stays', async () => {
    const daemon = await shop.run();
    daemon.child.stdout.destroy();
    daemon.child.stderr.destroy();
    expect((await shop.cli(['reload'])).code).toBe(0);
    expect((await callSocket(shop.socket, 'GET', '/hello')).body).toMatchObject({ product: 'tillbridge' });
  });
});
