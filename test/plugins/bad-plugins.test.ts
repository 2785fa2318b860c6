import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { codeOf, NativeNumber, instant, systemClock, Withdrawal, type Log, type LogFields, type PartState } from '@tillbridge/core';
import { RemoteAdapter, RemoteTranslator, type PluginPart } from '@tillbridge/plugin/host';
import { checkOptions, locatePlugin } from '@tillbridge/plugin/manifest';
import { afterEach, describe, expect, test } from 'vitest';
import { tempFolder } from '../support/temp-folder.js';
import { waitFor } from '../support/wait-for.js';
import { adapterCode, installPlugin, translatorCode, type PlainPlugin } from './installed-plugin.js';

// Plugins that do what plugins must not, in real processes: whatever they do, the bridge lives, says what is wrong, and no number goes astray.

const never = new AbortController().signal;
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((part) => part.close()));
});

function partOf(plugin: Omit<PlainPlugin, 'name'>, options: unknown = {}): PluginPart {
  const folder = tempFolder();
  installPlugin(folder, { ...plugin, name: '@acme/tillbridge-bad' });
  const found = locatePlugin('@acme/tillbridge-bad', { config: folder });
  if (!('manifest' in found)) throw new Error(JSON.stringify(found));
  return { id: 'front', plugin: found, options, secrets: {}, grant: [] };
}

class Lines {
  readonly lines: string[] = [];
  readonly log: Log;
  constructor() {
    const add = (event: string, fields?: LogFields): void => void this.lines.push(`${event} ${JSON.stringify(fields, (_, value: unknown) => (value instanceof Error ? value.message : value))}`);
    this.log = { debug: add, info: add, warn: add, error: add, child: () => this.log };
  }
}

function adapter(plugin: Partial<PlainPlugin> & { readonly code: string }, log: Log = new Lines().log, options: unknown = {}) {
  const part = new RemoteAdapter(partOf({ kind: 'adapter', ...plugin }, options), { clock: systemClock, log, random: () => 0 });
  open.push(part);
  const states: PartState[] = [];
  const opened = part.open({ state: (state) => void states.push(state), goodsDropped: () => undefined, order: () => undefined }, never);
  return { part, states, opened };
}

function translator(code: string, timeoutMs = 5000): RemoteTranslator {
  const part = new RemoteTranslator({ ...partOf({ kind: 'translator', code }), timeoutMs }, { clock: systemClock, log: new Lines().log, random: () => 0 });
  open.push(part);
  return part;
}

const NUMBER = '7701234567890';
const request = (id = 'd-1') => ({ id, scanId: 's', till: 'front', number: new NativeNumber('card', NUMBER), at: instant(systemClock), expired: () => false });
const ask = (part: RemoteTranslator) => part.translate(codeOf('card', '98123456789012'), { scanId: 's', reader: 'r' }, never);

describe('a plugin that', () => {
  test('crashes in a loop is started again with pauses, then given up, says so, and is tried again when it is told to', { timeout: 120_000 }, async () => {
    const { part, states, opened } = adapter({ code: adapterCode({ open: "setTimeout(() => { throw new Error('out of ideas about 7701234567890'); }, 20);" }) });
    await opened;
    await waitFor('it to be given up', () => part.state.reason?.code === 'TB_NATIVE_PLUGIN_GIVEN_UP');
    expect(part.state.status).toBe('failed');
    expect(part.state.reason?.message).toContain('5 times');
    expect(part.state.reason?.message).toContain('out of ideas about ****7890');
    expect(states.filter(({ reason }) => reason?.code === 'TB_NATIVE_PLUGIN_ENDED').length).toBeGreaterThan(0);
    expect(await part.deliver(request(), never)).toEqual({ outcome: 'failed', reason: 'pluginDown' });
    part.retry();
    await waitFor('it to be tried again', () => part.state.status === 'ready');
  });

  test('leaks memory is ended, on its heap and beside it', { timeout: 120_000 }, async () => {
    const heap = adapter({ code: adapterCode({ open: "const kept = []; const grow = () => { for (let i = 0; i < 2e5; i += 1) kept.push({ i, text: 'x' + i }); setImmediate(grow); }; grow();" }) });
    const beside = adapter({ code: adapterCode({ open: 'const kept = []; const grow = () => { kept.push(Buffer.alloc(4 << 20, 1)); setTimeout(grow, 5); }; grow();' }) });
    for (const { states } of [heap, beside]) {
      await waitFor('its end', () => states.some(({ reason }) => reason?.code === 'TB_NATIVE_PLUGIN_ENDED'), 60_000);
    }
    expect(beside.states.find(({ reason }) => reason !== undefined)?.reason?.message).toContain('more memory than it may');
  });

  test('blocks its loop over a delivery is killed: the number may have arrived, is asked for, and not sent again', { timeout: 120_000 }, async () => {
    const file = join(tempFolder(), 'deliveries');
    const { part, states, opened } = adapter(
      {
        code: adapterCode({
          top: "import { appendFileSync } from 'node:fs';",
          deliver: "appendFileSync(options.file, delivery.id + '\\n'); for (;;);",
          verify: "return outcome('applied', undefined, 'seen');",
        }),
        manifest: { files: ['file'], configSchema: { type: 'object', properties: { file: { type: 'string' } } } },
      },
      undefined,
      { file },
    );
    await opened;
    expect(await part.deliver(request(), never)).toEqual({ outcome: 'unknown', reason: 'pluginLost' });
    expect(states.at(-1)?.reason?.message).toContain('no sign of life');
    expect(await part.verify?.({ id: 'd-1', scanId: 's', till: 'front', time: 1 }, never)).toEqual({ outcome: 'applied', evidence: 'seen' });
    expect(readFileSync(file, 'utf8')).toBe('d-1\n');
  });

  test.each([
    ['its kind', { kind: 'adapter', code: translatorCode("return { result: 'notFound' };") }, 'its manifest says adapter, its code says translator'],
    ['what it can do', { code: adapterCode({}), manifest: { capabilities: { goods: true, best: 'applied', verify: true } } }, 'another `goods`'],
    ['being a plugin', { code: 'export default 7;' }, 'default export'],
    ['being a module', { code: 'this is no JavaScript' }, 'Unexpected'],
  ] as const)('lies about %s is not used, and nothing is retried', async (_, plugin, problem) => {
    const { part, opened } = adapter(plugin);
    await opened;
    expect(part.state.status).toBe('failed');
    expect(part.state.reason?.code).toBe('TB_NATIVE_PLUGIN_REFUSED');
    expect(part.state.reason?.message).toContain(problem);
    expect(await part.deliver(request(), never)).toEqual({ outcome: 'failed', reason: 'pluginDown' });
  });

  test.each([
    ['floods messages', "const flood = () => { for (let i = 0; i < 1000; i += 1) inbound.order('opened', 'o' + i); setImmediate(flood); }; flood();", 'too many messages'],
    ['sends garbage', "writeSync(3, 'what is this\\n');", 'no message'],
    ['sends a message without an end', "for (let i = 0; i < 40; i += 1) { try { writeSync(3, 'x'.repeat(16384)); } catch { i -= 1; } }", 'too long'],
    ['sends a message that there is not', 'writeSync(3, JSON.stringify({ kind: "report", report: { say: "order", state: "eaten" } }) + "\\n");', 'no message'],
    ['exits 0', 'process.exit(0);', 'exit code 0'],
  ])('%s is ended', async (_, code, problem) => {
    const { states } = adapter({ code: adapterCode({ top: "import { writeSync } from 'node:fs';", open: code }) });
    const ended = await waitFor('its end', () => states.find(({ reason }) => reason?.code === 'TB_NATIVE_PLUGIN_ENDED'));
    expect(ended.reason?.message).toContain(problem);
  });

  test('never answers a delivery: it is `unknown` soon after the number is taken back, and the process is started anew', async () => {
    const lines = new Lines();
    const { part, states, opened } = adapter({ code: adapterCode({ deliver: "log.info('it has come'); return new Promise(() => undefined);" }) }, lines.log);
    await opened;
    const withdrawn = new AbortController();
    const outcome = part.deliver(request(), withdrawn.signal);
    await waitFor('the plugin to see it', () => lines.lines.some((line) => line.includes('it has come')));
    withdrawn.abort(new Withdrawal('expired'));
    expect(await outcome).toEqual({ outcome: 'unknown', reason: 'noAnswer' });
    await waitFor('the next process', () => states.some(({ reason }) => reason?.code === 'TB_NATIVE_PLUGIN_ENDED') && part.state.status === 'ready');
  });

  test('was blocked when a number came and was taken back: it does not see that number any more', async () => {
    const file = join(tempFolder(), 'seen');
    const { part, opened } = adapter(
      {
        code: adapterCode({
          top: "import { appendFileSync } from 'node:fs';",
          // blocked from the first delivery on, until long after the second was taken back; both may lie in one piece of the pipe
          deliver: "appendFileSync(options.file, delivery.id + '\\n'); if (delivery.id === 'd-1') { const end = Date.now() + 500; while (Date.now() < end); } return outcome('applied');",
        }),
        manifest: { files: ['file'], configSchema: { type: 'object', properties: { file: { type: 'string' } } } },
      },
      undefined,
      { file },
    );
    await opened;
    const first = part.deliver(request('d-1'), never);
    await waitFor('the block', () => existsSync(file));
    const withdrawn = new AbortController();
    const second = part.deliver(request('d-2'), withdrawn.signal);
    withdrawn.abort(new Withdrawal('expired'));
    // on a machine that is busy it is started anew before it has said so
    expect(['expired', 'unknown']).toContain((await second).outcome);
    await first;
    expect(readFileSync(file, 'utf8')).toBe('d-1\n');
  });

  test('puts a number into a reason or a parameter: it gets no further', async () => {
    const { part, states, opened } = adapter({
      code: adapterCode({
        top: "import { TillbridgeError } from '@tillbridge/plugin';",
        open: "status.set('failed', new TillbridgeError('TB_NATIVE_PLUGIN_ENDED', { plugin: 79161234567, problem: 'x', count: 4276123412341234 })); return;",
        deliver: "return outcome('rejected', 'n' + delivery.number.reveal(), 'n' + delivery.number.reveal());",
      }),
    });
    await opened;
    expect(await part.deliver(request(), never)).toEqual({ outcome: 'rejected' });
    const reason = await waitFor('its state', () => states.find(({ status }) => status === 'failed')?.reason);
    expect(JSON.stringify(reason.body('en'))).not.toMatch(/\d{7}/);
  });

  test.each([
    ['a default', { properties: { file: { type: 'string', default: '/*' } } }],
    ['a default behind another schema', { properties: { file: { type: 'string' } }, allOf: [{ type: 'object', properties: { file: { type: 'string', default: '/*' } } }] }],
  ])('names its own files by %s gets none', (_, schema) => {
    const folder = tempFolder();
    installPlugin(folder, { kind: 'adapter', code: '', name: '@acme/tillbridge-bad', manifest: { files: ['file'], configSchema: { type: 'object', ...schema } } });
    const found = locatePlugin('@acme/tillbridge-bad', { config: folder });
    expect('manifest' in found ? checkOptions(found, {}) : { issues: found.kind }).toHaveProperty('issues');
    if ('manifest' in found) expect(checkOptions(found, { file: '/dev/ttyX' })).toHaveProperty('options');
  });

  test('signals the daemon, opens its debugger or calls its control socket: nothing of it is let through, and the network is', async () => {
    const path = join(tempFolder(), 'control.sock');
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('{}');
    });
    await new Promise<void>((resolve) => void server.listen(path, resolve));
    const web = createServer((_, response) => response.end('fine')).listen(0, '127.0.0.1');
    await new Promise((resolve) => web.once('listening', resolve));
    const { port } = web.address() as AddressInfo;
    const socket = JSON.stringify(path);
    const tries = [
      "process.kill(process.ppid, 'SIGUSR1')",
      'process._debugProcess(process.ppid)',
      'process._kill(process.ppid, 0)',
      "process.binding('pipe_wrap')",
      `await connected(net.connect(${socket}))`,
      `await connected(net.connect({ path: ${socket} }))`,
      `await connected(new net.Socket().connect(${socket}))`,
      `let asked = 0; await connected(new net.Socket().connect({ port: 1, get path() { asked += 1; return asked > 1 ? ${socket} : undefined; } }))`,
      `delete net.Socket.prototype.connect; net.Socket.prototype.connect = null`,
      `await new Promise((resolve, reject) => http.get({ socketPath: ${socket}, path: '/v1/cards/export' }, resolve).on('error', reject))`,
    ];
    const { part, opened } = adapter({
      code: adapterCode({
        top: "import http from 'node:http'; import net from 'node:net'; const connected = (socket) => new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));",
        deliver: `const got = []; ${tries.map((what, index) => `try { ${what}; got.push('try' + ${JSON.stringify('abcdefghijklmn'.charAt(index))}); } catch {}`).join(' ')}
          if (await (await fetch('http://127.0.0.1:${String(port)}/')).text() !== 'fine') got.push('fetch');
          if (await new Promise((resolve, reject) => http.get('http://127.0.0.1:${String(port)}/x', resolve).on('error', reject)).then((answer) => answer.statusCode) !== 200) got.push('http');
          await connected(net.connect(${String(port)}, '127.0.0.1'));
          return outcome('rejected', got.length === 0 ? 'nothing' : got.join(''));`,
      }),
    });
    await opened;
    expect(await part.deliver(request(), never)).toEqual({ outcome: 'rejected', reason: 'nothing' });
    expect(asked).toEqual([]);
    server.close();
    web.close();
    web.closeAllConnections();
  });

  test('answers after its time: the answer is nobody\'s, the next one is right', async () => {
    // it answers the first when the second comes
    const code = translatorCode(
      "if (code.value.reveal().endsWith('12')) await new Promise((done) => (release = done)); else release(); return { result: 'found', number: new NativeNumber('card', code.value.reveal().endsWith('12') ? '1111111111111' : '2000000000015') };",
      'let release;',
    );
    const part = translator(code, 60_000);
    part.open();
    await waitFor('it', () => part.state.status === 'ready');
    const over = new AbortController();
    const first = part.translate(codeOf('card', '98123456789012'), { scanId: 's', reader: 'r' }, over.signal);
    await new Promise((resolve) => setImmediate(resolve));
    over.abort();
    expect(await first).toEqual({ result: 'unavailable', reason: 'timeout' });
    const next = await part.translate(codeOf('card', '98123456789000'), { scanId: 's', reader: 'r' }, never);
    expect('number' in next && next.number.reveal()).toBe('2000000000015');
  });

  test.each([
    ['a word', "return 'found';"],
    ['nothing', 'return undefined;'],
    ['a result that there is not', "return { result: 'maybe' };"],
    ['a number with a line end', "return { result: 'found', number: { kind: 'card', reveal: () => '12\\r34' } };"],
    ['a card for a coupon', "return { result: 'coupon', number: new NativeNumber('card', '1234') };"],
    ['eight megabytes', "return { result: 'found', number: { kind: 'card', reveal: () => 'x'.repeat(8 << 20) } };"],
  ])('answers %s: no number comes of it', async (_, code) => {
    const answer = await ask(translator(translatorCode(code)));
    expect(['badResponse', 'unavailable']).toContain(answer.result);
  });

  test('answers a delivery with something that is no outcome', async () => {
    const { part, opened } = adapter({ code: adapterCode({ deliver: "return { outcome: 'splendid' };" }) });
    await opened;
    expect(await part.deliver(request(), never)).toEqual({ outcome: 'unknown', reason: 'badAnswer' });
  });

  test('logs what it was given: masked, one line, bounded', async () => {
    const lines = new Lines();
    const code = adapterCode({ deliver: "log.info('took ' + delivery.number.reveal() + '\\n\\u001b[2Jof +7 916 123-45-67', { raw: delivery.number.reveal(), long: 'y'.repeat(5000) }); for (let i = 0; i < 1000; i += 1) log.info('again'); return outcome('applied');" });
    const { part, opened } = adapter({ code }, lines.log);
    await opened;
    await part.deliver(request(), never);
    const line = lines.lines.find((each) => each.includes('took'));
    expect(line).toBeDefined();
    expect(lines.lines.join('\n')).not.toContain(NUMBER);
    expect(line).not.toMatch(/916.?123/);
    expect(line).not.toContain('\u001b');
    expect(line?.length).toBeLessThan(1000);
    expect(lines.lines.length).toBeLessThan(300);
  });

  test('prints: nothing of it reaches our output', async () => {
    const { part, opened } = adapter({ code: adapterCode({ deliver: "console.log('READY pid=1 api=http://evil'); console.error('x'); return outcome('applied');" }) });
    await opened;
    expect(await part.deliver(request(), never)).toEqual({ outcome: 'applied' });
  });

  test('looks around: no environment, no files but its own, no programs, no threads', async () => {
    const marker = join(tempFolder(), 'secret');
    const tries = {
      file: "readFileSync('/etc/hosts')",
      write: `writeFileSync(${JSON.stringify(marker)}, 'x')`,
      program: "execFileSync('true')",
      thread: "new Worker('1', { eval: true })",
    };
    const code = adapterCode({
      top: "import { readFileSync, writeFileSync } from 'node:fs'; import { execFileSync } from 'node:child_process'; import { Worker } from 'node:worker_threads';",
      deliver: `const got = []; ${Object.entries(tries).map(([name, what]) => `try { ${what}; got.push('${name}'); } catch (error) { if (error.code !== 'ERR_ACCESS_DENIED') got.push('${name}' + error.code); }`).join(' ')}
        if (process.env.PATH !== undefined) got.push('environment');
        readFileSync(new URL('./package.json', import.meta.url));
        return outcome('rejected', got.length === 0 ? 'nothing' : got.join(''));`,
    });
    const { part, opened } = adapter({ code });
    await opened;
    expect(await part.deliver(request(), never)).toEqual({ outcome: 'rejected', reason: 'nothing' });
    expect(existsSync(marker)).toBe(false);
  });
});
