import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TillSimulator } from '../../packages/create-tillbridge-plugin/template/adapter/src/simulator.js';
import { ScannerSimulator } from '../../packages/create-tillbridge-plugin/template/reader/src/simulator.js';
import { CardServiceSimulator } from '../../packages/create-tillbridge-plugin/template/translator/src/simulator.js';
import { runCli } from '../support/cli.js';
import { startDaemon, type TestDaemon } from '../support/daemon.js';
import { tempFolder } from '../support/temp-folder.js';
import { waitFor } from '../support/wait-for.js';
import { builtTemplate } from './built-template.js';
import { adapterCode, installPlugin } from './installed-plugin.js';

const CODES = `codes:
  - { name: universal, kind: card, match: '^98(?<value>\\d{12})$' }
`;

interface Row {
  readonly part: string;
  readonly id: string;
  readonly status: string;
  readonly code?: string;
}

describe('the daemon with plugins', () => {
  let folder: string;
  let daemon: TestDaemon | undefined;
  const closing: (() => Promise<void>)[] = [];

  beforeEach(() => {
    folder = tempFolder();
  });
  afterEach(async () => {
    await daemon?.stop();
    daemon = undefined;
    for (const close of closing.splice(0)) await close();
  });

  const json = async (...args: string[]): Promise<Record<string, unknown>> => {
    const { stdout, stderr, code } = await (daemon!).cli('--json', ...args);
    if (stdout === '') throw new Error(`${args.join(' ')}: ${String(code)} ${stderr}`);
    return JSON.parse(stdout) as Record<string, unknown>;
  };
  const health = async (): Promise<readonly Row[]> => {
    const status = await json('status');
    return [...(status['readers'] as Row[]), ...(status['tills'] as Row[])];
  };
  const check = async (config: string, ...args: string[]) => {
    const file = join(folder, 'tillbridge.yaml');
    writeFileSync(file, config);
    return runCli(['--config', file, '--state', join(folder, 'state'), ...args, 'config', 'check']);
  };

  test('a reader, a translator and a till, each a package: beside the configuration and in the state folder; a sale goes through all three', async () => {
    builtTemplate('reader', join(folder, 'node_modules/@acme/tillbridge-reader'));
    builtTemplate('adapter', join(folder, 'state/plugins/node_modules/@acme/tillbridge-adapter'));
    builtTemplate('translator', join(folder, 'node_modules/@acme/tillbridge-translator'));
    const till = await TillSimulator.start();
    const scanner = await ScannerSimulator.start();
    const service = await CardServiceSimulator.start({ '123456789012': '2000000000015' });
    closing.push(() => till.close(), () => scanner.unplug(), () => service.close());
    daemon = await startDaemon(
      folder,
      `version: 1
readers:
  - { id: counter, type: "@acme/tillbridge-reader", options: { port: ${String(scanner.port)} } }
${CODES}translators:
  - { type: "@acme/tillbridge-translator", options: { url: "${service.url}" } }
tills:
  - { id: front, adapter: "@acme/tillbridge-adapter", options: { port: ${String(till.port)} } }
api: { port: 0 }
`,
    );
    const text = (): string => Buffer.from(till.taken).toString('utf8');
    scanner.send(Buffer.from('4600000000001\r'));
    await waitFor('the product', () => text().includes('4600000000001'));
    scanner.send(Buffer.from('98123456789012\r'));
    await waitFor('the number', () => text().includes('2000000000015'));
    await waitFor('the journal', async () => (await (daemon!).cli('journal')).stdout.includes('applied'));
    expect((await json('scan', '98123456789012', '--wait'))['outcome']).toBeDefined();
    const translated = await json('translate', '98123456789012');
    expect(translated['result']).toBe('found');
    expect(await health()).toMatchObject([{ id: 'counter', status: 'ready' }, { id: 'front', status: 'ready', adapter: '@acme/tillbridge-adapter' }]);
    const shown = await json('config', 'show');
    // reader and till listen at the host that is their default
    expect(shown['hosts']).toEqual(['127.0.0.1', new URL(service.url).host]);
    expect(JSON.stringify(shown['config'])).toContain('"adapter":"@acme/tillbridge-adapter"');
    const schema = JSON.stringify(await json('config', 'schema'));
    expect(schema.includes('The TCP port that it listens on.')).toBe(true);
    expect(schema.includes('"found":{')).toBe(false);
    expect((await (daemon).cli('doctor')).stdout).toContain('front');
  });

  test('a plugin that keeps crashing: its part is down and health says so, the others work; `reload` after an update brings it back', { timeout: 120_000 }, async () => {
    const crashing = { name: '@acme/tillbridge-till', kind: 'adapter', code: adapterCode({ open: "setTimeout(() => { throw new Error('boom'); }, 5);" }) } as const;
    installPlugin(folder, crashing);
    daemon = await startDaemon(
      folder,
      `version: 1
readers:
  - { id: counter, type: tcp, listen: 127.0.0.1:0 }
${CODES}translators:
  - { type: rule, number: "{value}" }
tills:
  - { id: front, adapter: "@acme/tillbridge-till" }
  - { id: back, adapter: client }
routes: [ { readers: [counter], till: front, goods: back } ]
api: { port: 0 }
`,
    );
    const front = async (): Promise<Row | undefined> => (await health()).find(({ id }) => id === 'front');
    await waitFor('it to be given up', async () => (await front())?.code === 'TB_NATIVE_PLUGIN_GIVEN_UP');
    expect(await front()).toMatchObject({ health: 'down', status: 'failed' });
    expect(await json('scan', '98123456789012', '--wait').catch(() => ({}))).toMatchObject({ outcome: 'failed' });
    installPlugin(folder, { ...crashing, code: adapterCode({}) });
    await json('reload');
    await waitFor('it to work', async () => (await front())?.status === 'ready');
    expect(await json('scan', '98123456789012', '--wait')).toMatchObject({ outcome: 'applied' });
    // another version of the package is another part
    installPlugin(folder, { ...crashing, code: adapterCode({ deliver: "return outcome('alreadyApplied');" }), file: { version: '1.3.0' } });
    expect((await json('reload'))['changed']).toEqual(['till front: change']);
    await waitFor('the next version', async () => (await json('scan', '98123456789013', '--wait'))['outcome'] === 'alreadyApplied');
  });

  test('an adapter lost in the middle of a delivery: `unknown` is verified and never repeated', { timeout: 120_000 }, async () => {
    const counter = join(folder, 'asked');
    writeFileSync(counter, '');
    installPlugin(folder, {
      name: '@acme/tillbridge-till',
      kind: 'adapter',
      manifest: { files: ['file'], configSchema: { type: 'object', required: ['file'], properties: { file: { type: 'string' } } } },
      code: adapterCode({
        top: "import { appendFileSync, readFileSync } from 'node:fs';",
        deliver: "appendFileSync(options.file, delivery.number.reveal() + '\\n'); process.exit(3);",
        verify: "return outcome(readFileSync(options.file, 'utf8') === '' ? 'failed' : 'applied', undefined, 'asked');",
      }),
    });
    daemon = await startDaemon(folder, `version: 1
readers:
  - { id: counter, type: tcp, listen: 127.0.0.1:0 }
${CODES}translators:
  - { type: rule, number: "{value}" }
tills:
  - { id: front, adapter: "@acme/tillbridge-till", options: { file: ${JSON.stringify(counter)} } }
api: { port: 0 }
`);
    expect(await json('scan', '98123456789012', '--wait')).toMatchObject({ outcome: 'applied' });
    expect(readFileSync(counter, 'utf8')).toBe('123456789012\n');
  });

  test('refusals come before anything starts, each with its line and column, in both languages', async () => {
    installPlugin(folder, { name: '@acme/tillbridge-kind', kind: 'reader', code: '' });
    installPlugin(folder, { name: '@acme/tillbridge-api', kind: 'adapter', code: '', manifest: { api: '^2' } });
    installPlugin(folder, { name: '@acme/tillbridge-manifest', kind: 'adapter', code: '', manifest: { entry: '../x.js' } });
    mkdirSync(join(installPlugin(folder, { name: '@acme/tillbridge-core', kind: 'adapter', code: '' }), 'node_modules/@tillbridge/core'), { recursive: true });
    installPlugin(folder, { name: '@acme/tillbridge-dependency', kind: 'adapter', code: '', file: { dependencies: { '@tillbridge/core': '^0.1.0' } } });
    installPlugin(folder, { name: '@acme/tillbridge-peer', kind: 'adapter', code: '', file: { peerDependencies: { '@tillbridge/core': '*' } } });
    mkdirSync(join(folder, 'node_modules/@tillbridge/core'), { recursive: true });
    writeFileSync(join(folder, 'node_modules/@tillbridge/core/package.json'), '{ "version": "9.9.9" }');
    const schema = { type: 'object', additionalProperties: false, required: ['port'], properties: { port: { type: 'integer', maximum: 65535 }, host: { type: 'string' } } };
    installPlugin(folder, { name: '@acme/tillbridge-options', kind: 'adapter', code: '', manifest: { configSchema: schema, secrets: ['token'], permissions: ['addons'] } });
    const config = `version: 1
readers: [ { id: counter, type: tcp, listen: 127.0.0.1:0 } ]
${CODES}translators: [ { type: rule, number: "{value}" } ]
tills:
  - { id: missing, adapter: "@acme/tillbridge-missing" }
  - { id: kind, adapter: "@acme/tillbridge-kind" }
  - { id: api, adapter: "@acme/tillbridge-api" }
  - { id: manifest, adapter: "@acme/tillbridge-manifest" }
  - { id: core, adapter: "@acme/tillbridge-core" }
  - { id: dependency, adapter: "@acme/tillbridge-dependency" }
  - { id: options, adapter: "@acme/tillbridge-options", options: { prot: 1, port: 99999, host: 7 } }
  - { id: peer, adapter: "@acme/tillbridge-peer" }
routes: [ { readers: [counter], till: api, goods: none } ]
`;
    const { code, stderr } = await check(config);
    expect(code).toBe(2);
    const found = stderr.split('\n').filter((line) => line.includes('tills['));
    const at = (index: number, ...parts: string[]): void => {
      const lines = found.filter((line) => line.includes(`:${String(7 + index)}:`));
      for (const part of parts) expect(lines.join('\n'), stderr).toContain(part);
    };
    at(0, 'tills[0].adapter', 'npm install @acme/tillbridge-missing', join(folder, 'node_modules'));
    at(1, 'is a reader, and here stands a');
    at(2, '^2', '1.0.0');
    at(3, 'tillbridge.plugin.entry');
    at(4, 'its own copy of Tillbridge', 'node_modules/@tillbridge/core');
    at(5, 'its own copy of Tillbridge', 'under dependencies');
    at(6, 'did you mean `port`', 'at most 65535', 'a text expected', '`token`', 'grant: [addons]');
    at(7, 'its own copy of Tillbridge', '@tillbridge/core 9.9.9');
    const russian = await check(config, '--lang', 'ru');
    expect(russian.stderr).toContain('не установлен');
    expect(russian.stderr).toContain('возможно, `port`');
  });

  test('a route cannot send goods to a plugin that does not carry them', async () => {
    installPlugin(folder, { name: '@acme/tillbridge-till', kind: 'adapter', code: '' });
    const { stderr, code } = await check(`version: 1
readers: [ { id: counter, type: tcp, listen: 127.0.0.1:0 } ]
${CODES}translators: [ { type: rule, number: "{value}" } ]
tills: [ { id: front, adapter: "@acme/tillbridge-till" } ]
routes: [ { readers: [counter], till: front, goods: front } ]
`);
    expect(code).toBe(2);
    expect(stderr).toContain('cannot carry goods');
  });
});

