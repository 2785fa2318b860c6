import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { needs } from '../support/needs.js';
import { makeTempFolder } from '../support/temp-folder.js';
import { waitFor as waitUpTo } from '../support/wait-for.js';
import { WineComputer, type WineProgram } from '../support/wine/wine.js';
import { makeDistribution, makeUpdate, MAX_DOWNLOAD } from './support/distribution.js';

/** Whole machines start and stop here, beside other suites. */
const waitFor: typeof waitUpTo = (what, probe) => waitUpTo(what, probe, 120_000);

const NEXT = '9.9.9';
const CARD = '9812345678901234';
const FOLDER = 'C:\\Program Files\\Tillbridge';
const RUN_KEY = 'HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Run';
const POLICY = 'HKLM\\Software\\Policies\\Google\\Chrome\\LocalNetworkAccessAllowedForUrls';

// wine shows the service control protocol, the installer and our programs; not other users, rights of files, signatures or a locked-down desktop
needs('linux', 'wine', 'wine-node', 'mingw', 'nsis')('the Windows downloads (under wine)', () => {
  let work: ReturnType<typeof makeTempFolder>;
  let computer: WineComputer;
  let session: WineProgram;
  let setup: string;
  let nextSetup: string;

  beforeAll(async () => {
    work = makeTempFolder();
    const first = await makeDistribution({ out: join(work.path, 'first'), target: 'win-x64', formats: ['setup'] });
    for (const file of first.files) expect(statSync(file).size, basename(file)).toBeLessThan(MAX_DOWNLOAD);
    setup = first.files.find((file) => file.endsWith('.exe')) ?? '';
    nextSetup = await makeUpdate(first.folders['win-x64'] ?? '', join(work.path, 'next'), NEXT);
    computer = WineComputer.make();
    // somebody is logged in: with the last program of a user wine ends its services too
    session = computer.node(['-e', 'console.log("in"); setInterval(() => {}, 1e6)']);
    await session.waitForLine(/^in/);
  }, 300_000);

  afterAll(async () => {
    await computer.close();
    work.remove();
  });

  const data = (): string => join(computer.driveC, 'ProgramData/Tillbridge');
  const call = async (program: string, ...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await computer.run(program, args);
    expect(code, `${program} ${args.join(' ')}: ${stdout}${stderr}${existsSync(join(data(), 'log/daemon.log')) ? readFileSync(join(data(), 'log/daemon.log'), 'utf8').slice(-1500) : ''}`).toBe(0);
    return stdout;
  };
  const till = (...args: string[]): Promise<string> => call(`${FOLDER}\\tillbridge.exe`, ...args);
  const host = (...args: string[]): Promise<string> => call(`${FOLDER}\\tillbridge-service.exe`, ...args);
  const registry = async (key: string): Promise<string> => (await computer.run('reg.exe', ['query', key])).stdout;
  const status = async (): Promise<{ pid?: number; running: boolean; installed: boolean; enabled: boolean }> => {
    const { stdout } = await computer.run(`${FOLDER}\\tillbridge.exe`, ['--json', 'service', 'status']);
    return JSON.parse(stdout) as { pid?: number; running: boolean; installed: boolean; enabled: boolean };
  };
  /** The daemon's own pid, when it answers. */
  const daemonPid = async (): Promise<number | undefined> => {
    const { code, stdout } = await computer.run(`${FOLDER}\\tillbridge.exe`, ['--json', 'status']);
    return code === 0 ? (JSON.parse(stdout) as { pid: number }).pid : undefined;
  };

  test('install without a question: service, agent at log-on, policy for a web till', async () => {
    await call(setup, '/S', '/WEBTILL=till.example');
    expect(await status()).toMatchObject({ installed: true, enabled: true, running: true });
    expect(await registry(RUN_KEY)).toContain('TillbridgeAgent');
    expect(await registry(RUN_KEY)).toContain(`"${FOLDER}\\tillbridge-agent.exe"`);
    expect(await registry(POLICY)).toContain('https://till.example');
    expect((await till('--version')).trim()).toMatch(/^\d+\.\d+\.\d+$/);
    await waitFor('the daemon', async () => (await daemonPid()) !== undefined);
    expect(JSON.parse(await till('--json', 'scan', '4601234567893'))).toMatchObject({ kind: 'goods' });
    await till('cards', 'add', CARD, '2700001234564');
  }, 300_000);

  test('registering again changes nothing, and a dry run says so', async () => {
    const again = (await host('install')).trim().split(/\r?\n/);
    expect(again.map((line) => line.split('\t')[0])).toEqual(again.map(() => 'already'));
    expect(await till('service', 'install', '--dry-run')).toContain('already so: service Tillbridge');
  });

  test('the daemon is started again, whatever ended it', async () => {
    const before = await daemonPid();
    const { pid } = await status();
    await till('stop');
    await waitFor('another daemon', async () => {
      const now = await daemonPid();
      return now !== undefined && now !== before;
    });
    // the host is the same: it never ended
    expect((await status()).pid).toBe(pid);
  }, 300_000);

  test('demo and doctor run from the folder', async () => {
    expect(await till('demo', '--once')).toContain('6 of 6 as they must be (over tcp)');
    const { stdout } = await computer.run(`${FOLDER}\\tillbridge.exe`, ['--json', 'doctor']);
    const rows = (JSON.parse(stdout) as { rows: { id: string; level: string; text: string }[] }).rows;
    expect(rows.find(({ id }) => id === 'node')?.text).toMatch(/^Node\.js 22\..* on win32-x64$/);
    expect(rows.filter(({ id }) => id === 'config').map(({ level }) => level)).toContain('ok');
  }, 300_000);

  test('stop and start by the service control manager', async () => {
    expect(await host('stop')).toContain('done\tstop Tillbridge');
    expect((await computer.run(`${FOLDER}\\tillbridge.exe`, ['service', 'status'])).code).toBe(3);
    expect(await daemonPid()).toBeUndefined();
    // asked, not killed
    expect(readFileSync(join(data(), 'log/daemon.log'), 'utf8').trim().split('\n').at(-1)).toContain('"stopped"');
    expect(await host('start')).toContain('done\tstart Tillbridge');
    await waitFor('the daemon', async () => (await daemonPid()) !== undefined);
  }, 300_000);

  test('an update keeps configuration and state, and leaves agents out when told so', async () => {
    const config = join(data(), 'tillbridge.yaml');
    writeFileSync(config, readFileSync(config, 'utf8').replace('shop-1', 'shop-77'));
    await call(nextSetup, '/S', '/NOAGENT');
    expect((await till('--version')).trim()).toBe(NEXT);
    expect(await status()).toMatchObject({ running: true });
    await waitFor('the new daemon', async () => (await computer.run(`${FOLDER}\\tillbridge.exe`, ['status'])).stdout.includes(`tillbridge ${NEXT}`));
    expect(readFileSync(config, 'utf8')).toContain('shop-77');
    expect(await till('cards', 'get', CARD)).toContain('2700001234564');
    expect(await registry(RUN_KEY)).not.toContain('TillbridgeAgent');
  }, 300_000);

  test("removing leaves what is the store's, and nothing that runs", async () => {
    // it goes on from a copy of itself, so that it can remove itself too
    await call(`${FOLDER}\\uninstall.exe`, '/S');
    await waitFor('an empty place', () => !existsSync(join(computer.driveC, 'Program Files/Tillbridge')));
    expect(existsSync(join(data(), 'tillbridge.yaml')) && existsSync(join(data(), 'state/cards.db'))).toBe(true);
    expect(await registry('HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tillbridge')).not.toContain('ImagePath');
    expect(await registry(POLICY)).not.toContain('till.example');
  }, 300_000);
});
