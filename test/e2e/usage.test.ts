import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runCli } from '../support/cli.js';
import { makeTempFolder, tempFolder } from '../support/temp-folder.js';

/** An error as the contract has it: `TB_CODE: what happened`, and what to do on the next line; nothing on stdout. */
const twoLines = (code: string): RegExp => new RegExp(`^${code}: [^\\n]+\\n[^\\n]+\\n$`);

describe('wrong usage', () => {
  const { path: cwd, remove } = makeTempFolder();
  afterAll(remove);

  test.concurrent.each([
    { args: [], says: 'a command is needed' },
    { args: ['frobnicate'], says: 'frobnicate' },
    { args: ['stauts'], says: 'did you mean "status"' },
    { args: ['status', '--frobnicate'], says: '--frobnicate' },
    { args: ['status', 'extra'], says: 'too many arguments' },
    { args: ['config'], says: 'check, schema, show' },
    { args: ['cards'], says: 'import' },
    { args: ['scan'], says: 'code' },
    { args: ['translate'], says: 'code' },
    { args: ['cards', 'add', 'ONE'], says: 'card' },
    { args: ['scan', '1', '--kind', 'loyalty'], says: 'loyalty' },
    { args: ['scan', '1', '--symbology', 'morse'], says: 'morse' },
    { args: ['--lang', 'fr', 'status'], says: 'fr' },
    { args: ['--log-level', 'loud', 'status'], says: 'loud' },
    { args: ['journal', '--outcome', 'lost'], says: 'lost' },
    { args: ['journal', '--limit', '0'], says: '0' },
    { args: ['journal', '--since', 'yesterday'], says: 'yesterday' },
    { args: ['cards', 'add', '1', '2', '--expires', 'soon'], says: 'soon' },
  ])('$args: exit 2', async ({ args, says }) => {
    const { code, stdout, stderr } = await runCli(args, { cwd, env: { TILLBRIDGE_STATE: join(cwd, 'state') } });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(twoLines('TB_CONFIG_USAGE'));
    expect(stderr).toContain(says);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('with --json it is the error body, wherever --json stands', async () => {
    for (const args of [['--json', 'status', '--frobnicate'], ['status', '--frobnicate', '--json']]) {
      const { code, stdout, stderr } = await runCli(args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'TB_CONFIG_USAGE', retryable: false, details: {} } });
    }
  });

  test('--help and --version are results', async () => {
    const help = await runCli(['--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    for (const name of ['demo', 'init', 'run', 'status', 'stop', 'reload', 'config', 'devices', 'doctor', 'translate', 'scan', 'cards', 'journal']) {
      expect(help.stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    }
    expect((await runCli(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+[\w.-]*\n$/);
    expect(await runCli(['cards', 'import', '--help'])).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('without a daemon', () => {
  test.each([['status'], ['stop'], ['reload'], ['scan', '4601234567893']])('%s: exit 3', async (...args: string[]) => {
    const state = join(tempFolder(), 'state');
    const { code, stdout, stderr } = await runCli([...args, '--state', state]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(twoLines('TB_API_NO_DAEMON'));
    expect(existsSync(state)).toBe(false);
    const json = await runCli([...args, '--state', state, '--json']);
    expect(json.code).toBe(3);
    expect(JSON.parse(json.stderr)).toMatchObject({ error: { code: 'TB_API_NO_DAEMON', retryable: true } });
  });

  test('the state folder may also come from TILLBRIDGE_STATE', async () => {
    const state = join(tempFolder(), 'elsewhere');
    expect((await runCli(['status'], { env: { TILLBRIDGE_STATE: state } })).stderr).toContain(state);
  });
});

describe('without a configuration', () => {
  test.each([['run'], ['config', 'check'], ['config', 'show'], ['translate', '1']])('%s %s: exit 2', async (...args: string[]) => {
    const cwd = tempFolder();
    const env = { HOME: cwd, TILLBRIDGE_STATE: join(cwd, 'state') };
    const none = await runCli(args, { cwd, env });
    expect({ code: none.code, stdout: none.stdout }).toEqual({ code: 2, stdout: '' });
    expect(none.stderr).toMatch(twoLines('TB_CONFIG_NOT_FOUND'));
    const named = await runCli([...args, '-c', join(cwd, 'nowhere.yaml')], { cwd, env });
    expect(named.code).toBe(2);
    expect(named.stderr).toContain('nowhere.yaml');
    expect(readdirSync(cwd)).toEqual([]);
  });
});

describe('language', () => {
  const message = async (args: readonly string[], env: Record<string, string | undefined>): Promise<string> =>
    (await runCli([...args, 'status', '--state', join(tmpdir(), 'tillbridge-no-such-state')], { env })).stderr;

  test.concurrent.each([
    { name: 'LC_ALL before LANG', args: [], env: { LC_ALL: 'ru_RU.UTF-8', LANG: 'C' }, russian: true },
    { name: 'LANG', args: [], env: { LC_ALL: undefined, LANG: 'ru_RU.UTF-8' }, russian: true },
    { name: 'an empty LC_ALL is none', args: [], env: { LC_ALL: '', LANG: 'ru_RU.UTF-8' }, russian: true },
    { name: 'others are English', args: [], env: { LC_ALL: 'de_DE.UTF-8', LANG: 'ru_RU' }, russian: false },
    { name: '--lang ru', args: ['--lang', 'ru'], env: { LC_ALL: 'C' }, russian: true },
    { name: '--lang en', args: ['--lang', 'en'], env: { LC_ALL: 'ru_RU.UTF-8' }, russian: false },
  ])('$name', async ({ args, env, russian }) => {
    const text = await message(args, env);
    expect(text).toMatch(twoLines('TB_API_NO_DAEMON'));
    expect(/[а-я]{3}/i.test(text)).toBe(russian);
  });
});

describe('stack traces', () => {
  test('only with --log-level debug', async () => {
    const state = join(tempFolder(), 's');
    expect((await runCli(['status', '--state', state])).stderr).not.toContain('    at ');
    expect((await runCli(['status', '--state', state, '--log-level', 'debug'])).stderr).toContain('    at ');
  });
});

describe('config check, show and schema', () => {
  const invalid = `version: 1
readers:
  - { id: counter, type: serial, path: /dev/ttyACM0, baudrate: 9600 }
tills:
  - { id: front, adapter: virtual-com, transport: pty, link: /tmp/x, gapMs: -1 }
  - { id: hook, adapter: webhook, url: "https://till.example", secrets: { key: "in-line-and-wrong" } }
colour: blue
`;

  test('all errors at once, each with its place, nothing created', async () => {
    const cwd = tempFolder();
    writeFileSync(join(cwd, 'tillbridge.yaml'), invalid);
    for (const command of [['config', 'check'], ['config', 'show'], ['run']]) {
      const { code, stdout, stderr } = await runCli([...command, '--state', join(cwd, 'state')], { cwd });
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      const lines = stderr.trimEnd().split('\n');
      expect(lines.slice(0, -2).every((line) => /^.*tillbridge\.yaml:\d+:\d+ \S+: .+$/.test(line))).toBe(true);
      expect(lines.at(-2)).toMatch(/^TB_CONFIG_INVALID: /);
      for (const part of ['tillbridge.yaml:3:', 'readers[0].baudrate', 'baudRate', 'tills[0].gapMs', 'tills[1].secrets.key', 'colour']) expect(stderr).toContain(part);
      expect(stderr).not.toContain('in-line-and-wrong');
    }
    expect(readdirSync(cwd)).toEqual(['tillbridge.yaml']);
  });

  test('with --json: the result of check, the error body of the others', async () => {
    const cwd = tempFolder();
    writeFileSync(join(cwd, 'tillbridge.yaml'), invalid);
    const check = await runCli(['config', 'check', '--json'], { cwd });
    expect({ code: check.code, stderr: check.stderr }).toEqual({ code: 2, stderr: '' });
    expect(JSON.parse(check.stdout)).toMatchObject({ ok: false, problems: expect.arrayContaining([expect.objectContaining({ line: 3, keyPath: 'readers[0].baudrate' })]) as unknown });
    const run = await runCli(['run', '--json', '--state', join(cwd, 'state')], { cwd });
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 2, stdout: '' });
    const body = JSON.parse(run.stderr) as { error: { code: string; details: { problems: string[] } } };
    expect(body.error.code).toBe('TB_CONFIG_INVALID');
    expect(body.error.details.problems.length).toBeGreaterThanOrEqual(4);
    expect(readdirSync(cwd)).toEqual(['tillbridge.yaml']);
  });

  test('show hides secrets and lists the hosts; schema is a JSON Schema', async () => {
    const cwd = tempFolder();
    const config = {
      version: 1,
      readers: [{ id: 'counter', type: 'tcp', listen: '127.0.0.1:0' }],
      tills: [{ id: 'hook', adapter: 'webhook', url: 'https://till.example/number', secrets: { key: '${env:HOOK_KEY}' } }],
      routes: [{ readers: ['counter'], till: 'hook', goods: 'none' }],
    };
    writeFileSync(join(cwd, 'tillbridge.yaml'), JSON.stringify(config));
    const env = { HOOK_KEY: 'a-key-that-nobody-sees' };
    const shown = await runCli(['config', 'show'], { cwd, env });
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain('till.example');
    expect(shown.stdout).toContain('expireMs: 5000');
    expect(shown.stdout).not.toContain(env.HOOK_KEY);
    const json = await runCli(['config', 'show', '--json'], { cwd, env });
    expect(json.stdout).not.toContain(env.HOOK_KEY);
    expect(JSON.stringify(JSON.parse(json.stdout))).toContain('till.example');
    const schema = JSON.parse((await runCli(['config', 'schema'], { cwd })).stdout) as Record<string, unknown>;
    expect(schema).toMatchObject({ type: 'object' });
    expect(schema['$schema']).toMatch(/^https?:\/\/json-schema\.org\//);
    expect((await runCli(['config', 'check'], { cwd, env: { HOOK_KEY: undefined } })).stderr).toContain('HOOK_KEY');
  });
});

describe('init', () => {
  test('writes a commented file that can be started, never over another one without --force', async () => {
    const cwd = tempFolder();
    const first = await runCli(['init', '--yes'], { cwd });
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const path = join(cwd, 'tillbridge.yaml');
    const text = readFileSync(path, 'utf8');
    expect(text).toMatch(/^#/m);
    expect(await runCli(['config', 'check'], { cwd })).toMatchObject({ code: 0 });
    const second = await runCli(['init', '--yes', '--reader', 'tcp:127.0.0.1:4001'], { cwd });
    expect(second).toMatchObject({ code: 1, stdout: '' });
    expect(second.stderr).toMatch(twoLines('TB_CONFIG_EXISTS'));
    expect(readFileSync(path, 'utf8')).toBe(text);
    const forced = await runCli(['init', '--force', '--yes', '--reader', 'tcp:127.0.0.1:4001', '--till', 'webhook:https://till.example/n', '--json'], { cwd });
    expect(forced.code).toBe(0);
    expect(JSON.parse(forced.stdout)).toMatchObject({ path });
    expect(readFileSync(path, 'utf8')).toContain('127.0.0.1:4001');
    expect((await runCli(['config', 'check'], { cwd, env: { TILLBRIDGE_WEBHOOK_KEY: 'k-of-a-test' } })).code).toBe(0);
  });

  test('a till or reader that it does not know: exit 2, no file; Russian on demand', async () => {
    const cwd = tempFolder();
    expect((await runCli(['init', '--yes', '--till', 'abacus'], { cwd })).code).toBe(2);
    expect((await runCli(['init', '--yes', '--reader', 'quill'], { cwd })).code).toBe(2);
    expect(readdirSync(cwd)).toEqual([]);
    expect((await runCli(['init', '--yes', '--lang', 'ru', '-c', 'deep/in/file.yaml'], { cwd })).stdout).toContain('записан');
    expect(readFileSync(join(cwd, 'deep/in/file.yaml'), 'utf8')).toMatch(/# .*[а-я]/i);
    expect((await runCli(['config', 'check', '-c', 'deep/in/file.yaml'], { cwd })).code).toBe(0);
  });
});
