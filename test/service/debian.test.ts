import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { needs } from '../support/needs.js';
import { makeTempFolder, tempFolder } from '../support/temp-folder.js';
import { waitFor as waitUpTo } from '../support/wait-for.js';
import { DebianMachine } from './support/debian.js';
import { makeDistribution, makeUpdate, MAX_DOWNLOAD } from './support/distribution.js';

/** Whole machines start and stop here, beside other suites. */
const waitFor: typeof waitUpTo = (what, probe) => waitUpTo(what, probe, 120_000);

const NEXT = '9.9.9';
const CARD = '9812345678901234';

const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
const end = (files: readonly string[], tail: string): string => files.find((file) => file.endsWith(tail)) ?? '';

needs('linux', 'root', 'debian', 'mingw')('the Linux downloads', () => {
  let work: ReturnType<typeof makeTempFolder>;
  let archive: string;
  let deb: string;
  let nextDeb: string;

  beforeAll(async () => {
    work = makeTempFolder();
    const first = await makeDistribution({ out: join(work.path, 'first'), target: 'linux-x64', formats: ['archive', 'deb'] });
    archive = end(first.files, '.tar.xz');
    deb = end(first.files, '.deb');
    nextDeb = await makeUpdate(first.folders['linux-x64'] ?? '', join(work.path, 'next'), NEXT);
  }, 300_000);

  afterAll(() => work.remove());

  test('are small, with their digests', () => {
    for (const file of [archive, deb]) expect(statSync(file).size, basename(file)).toBeLessThan(MAX_DOWNLOAD);
    expect(readFileSync(join(work.path, 'first/SHA256SUMS'), 'utf8')).toBe([archive, deb].map((file) => `${digest(file)}  ${basename(file)}\n`).join(''));
  });

  test('the folder works wherever it is unpacked, without a Node.js of the system', () => {
    const folder = join(tempFolder(), 'касса 1');
    mkdirSync(folder);
    expect(spawnSync('tar', ['-xJf', archive, '-C', folder]).status).toBe(0);
    const top = join(folder, readdirSync(folder)[0] ?? '');
    symlinkSync(join(top, 'bin/tillbridge'), join(folder, 'till'));
    const run = (...args: readonly string[]): string => {
      const { status, stdout, stderr } = spawnSync(join(folder, 'till'), args, { encoding: 'utf8', cwd: '/', timeout: 60_000, env: { PATH: '/usr/bin:/bin', HOME: folder } });
      expect(status, `${args.join(' ')}: ${stdout}${stderr}`).toBe(0);
      return stdout;
    };
    expect(run('--version').trim()).toMatch(/^\d+\.\d+\.\d+$/);
    expect(run('demo', '--once')).toContain('6 of 6 as they must be (over pty)');
    // a child process of its own imports; the table is read back
    writeFileSync(join(folder, 'cards.csv'), `code,card\n${CARD},2700001234564\n`);
    const state = ['--state', join(folder, 'state')];
    expect(run(...state, 'cards', 'import', join(folder, 'cards.csv'))).toContain('imported 1');
    expect(JSON.parse(run('--json', ...state, 'devices'))).toHaveProperty('devices');
    const config = join(folder, 'tillbridge.yaml');
    run('--config', config, 'init', '--yes', '--reader', 'hid', '--till', 'client');
    const rows = (JSON.parse(spawnSync(join(folder, 'till'), ['--json', '--config', config, ...state, 'doctor'], { encoding: 'utf8', env: { PATH: '/usr/bin:/bin', HOME: folder } }).stdout) as { rows: { id: string; text: string }[] }).rows;
    // every native package of the platform was found and loads
    for (const name of ['serialport', 'koffi', 'node-hid', 'usb']) expect(rows.find(({ id }) => id === `package ${name}`)?.text, name).toMatch(/^loads/);
    // each thread and child process is there and finds all that it imports
    const entries = readdirSync(join(top, 'app/dist')).filter((name) => name.endsWith('.js') && !name.startsWith('chunk-'));
    expect(entries).toEqual(expect.arrayContaining(['api-process.js', 'cli.js', 'desk-child.js', 'hid-host.js', 'import-child.js', 'journal-process.js', 'keyboard-host.js', 'nfc-host.js', 'outbox-worker.js']));
    // one of them is talked to over a fourth descriptor
    for (const entry of entries) {
      const { stderr } = spawnSync(join(top, 'runtime/node'), ['--disable-warning=ExperimentalWarning', join(top, 'app/dist', entry)], { encoding: 'utf8', input: '', timeout: 20_000, stdio: ['pipe', 'pipe', 'pipe', 'pipe'] });
      expect(stderr, entry).toBe('');
    }
    for (const page of ['console', 'phone']) expect(readdirSync(join(top, 'app/dist', page)), page).toContain('index.html');
    const notices = readFileSync(join(top, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const name of ['Node.js', 'koffi', 'fastify', 'zod']) expect(notices).toContain(`\n${name}`);
    expect(readdirSync(join(top, 'share/1c'))).toContainEqual(expect.stringMatching(/^Tillbridge_.*\.zip$/));
  });

  test('a fresh Debian installs, runs, updates and removes the package under systemd', async () => {
    const till = DebianMachine.make();
    try {
      copyFileSync(deb, join(till.root, 'opt/first.deb'));
      copyFileSync(nextDeb, join(till.root, 'opt/next.deb'));
      // what unpacks it is not in so small a Debian
      expect(spawnSync('tar', ['-xJf', archive, '-C', join(till.root, 'opt')]).status).toBe(0);
      await till.boot();
      await installs(till);
      await sells(till);
      await comesBack(till);
      await updates(till);
      await goes(till);
      await isSetUpByItself(till);
    } finally {
      await till.close();
    }
  }, 400_000);
});

const isActive = (till: DebianMachine): boolean => till.run('systemctl is-active tillbridge').stdout.trim() === 'active';
const mainPid = (till: DebianMachine): number => Number(till.must('systemctl show tillbridge --property=MainPID --value'));

async function installs(till: DebianMachine): Promise<void> {
  till.must('apt-get install -y /opt/first.deb >/dev/null 2>&1 || dpkg -i /opt/first.deb');
  await waitFor('the service', () => isActive(till));
  // it said so itself
  expect(till.must('systemctl show tillbridge --property=StatusText --value')).toBe('working');
  expect(JSON.parse(till.must('tillbridge --json service status'))).toMatchObject({ installed: true, enabled: true, running: true });
  expect(till.must('stat -c "%a %U:%G" /etc/tillbridge/tillbridge.yaml /var/lib/tillbridge /run/tillbridge').split('\n')).toEqual(['640 root:tillbridge', '700 tillbridge:tillbridge', '755 tillbridge:tillbridge']);
  expect(till.must('ps -o user= -p $(systemctl show tillbridge --property=MainPID --value) 2>/dev/null || stat -c %U /proc/$(systemctl show tillbridge --property=MainPID --value)')).toContain('tillbr');
  expect(till.run('tillbridge service uninstall').output).toContain('TB_SERVICE_PACKAGED');
}

/** As the cashier program: whoever is in the group of serial ports opens the port. */
async function sells(till: DebianMachine): Promise<void> {
  till.must('useradd --groups dialout cashier');
  till.must(`tillbridge cards add ${CARD} 2700001234564`);
  till.must('setsid su cashier -c "cat /run/tillbridge/front" >/root/till.txt 2>&1 </dev/null &');
  await waitFor('the cashier program', () => !till.must('tillbridge status').includes('has /run/tillbridge/front open'));
  till.must('tillbridge scan 4601234567893');
  expect((JSON.parse(till.must(`tillbridge --json scan --wait ${CARD}`)) as { outcome: string }).outcome).toBe('sent');
  expect(till.file('root/till.txt').split(/[\r\n]+/).filter((line) => line !== '')).toEqual(['4601234567893', '2700001234564']);
}

/** Killed, stopped by hand, hung: it is there again. */
async function comesBack(till: DebianMachine): Promise<void> {
  till.must('systemctl reload tillbridge');
  till.must('mkdir -p /run/systemd/system/tillbridge.service.d && printf "[Service]\\nWatchdogSec=3\\nRestartSec=100ms\\n" >/run/systemd/system/tillbridge.service.d/test.conf && systemctl daemon-reload && systemctl restart tillbridge');
  for (const way of ['kill -KILL', 'kill -STOP']) {
    const before = mainPid(till);
    till.must(`${way} ${String(before)}`);
    await waitFor(`the service after ${way}`, () => {
      const now = mainPid(till);
      return now !== 0 && now !== before && isActive(till);
    });
  }
  expect((JSON.parse(till.must('tillbridge --json service status')) as { restarts: number }).restarts).toBeGreaterThanOrEqual(2);
  expect(till.must(`tillbridge cards get ${CARD}`)).toContain('2700001234564');
  expect(till.must('tillbridge journal verify')).toMatch(/^ok/);
}

async function updates(till: DebianMachine): Promise<void> {
  till.must('sed -i "s/shop-1/shop-77/" /etc/tillbridge/tillbridge.yaml');
  till.must('dpkg -i /opt/next.deb');
  await waitFor('the service after the update', () => isActive(till));
  expect(till.must('tillbridge --version')).toBe(NEXT);
  expect(till.must('tillbridge status')).toContain(`tillbridge ${NEXT}`);
  expect(till.must('grep shop /etc/tillbridge/tillbridge.yaml')).toContain('shop-77');
  expect(till.must(`tillbridge cards get ${CARD}`)).toContain('2700001234564');
  expect(till.must('tillbridge --json journal --limit 5')).toContain('"sent"');
}

async function goes(till: DebianMachine): Promise<void> {
  till.must('dpkg --remove tillbridge');
  await waitFor('no service', () => !isActive(till));
  expect(till.run('test -e /usr/lib/tillbridge').code).toBe(1);
  till.must('test -f /var/lib/tillbridge/cards.db && test -f /etc/tillbridge/tillbridge.yaml');
  till.must('dpkg --purge tillbridge');
  expect(till.run('ls -d /var/lib/tillbridge /etc/tillbridge /usr/lib/systemd/system/tillbridge.service /etc/systemd/system/*/tillbridge.service; getent passwd tillbridge').stdout).toBe('');
}

/** The folder of another Linux: the command registers itself, says what it did, and takes it back. */
async function isSetUpByItself(till: DebianMachine): Promise<void> {
  till.must('ln -s /opt/tillbridge-*/bin/tillbridge /usr/local/bin/tillbridge');
  till.must('tillbridge --config /etc/tillbridge/tillbridge.yaml init --yes --reader serial --till virtual-com:/run/tillbridge/front');
  const dry = till.must('tillbridge service install --dry-run --exec /usr/local/bin/tillbridge');
  expect(dry).toContain('would do: write /etc/systemd/system/tillbridge.service');
  expect(till.run('test -e /etc/systemd/system/tillbridge.service').code).toBe(1);
  expect(till.must('tillbridge service install --exec /usr/local/bin/tillbridge')).toContain('done: systemctl start tillbridge.service');
  expect(isActive(till)).toBe(true);
  const again = JSON.parse(till.must('tillbridge --json service install --exec /usr/local/bin/tillbridge')) as { steps: { result: string }[] };
  expect(new Set(again.steps.map(({ result }) => result))).toEqual(new Set(['already']));
  expect(till.must('tillbridge service uninstall')).toContain('done: remove /etc/systemd/system/tillbridge.service');
  expect(JSON.parse(till.run('tillbridge --json service status').stdout)).toMatchObject({ installed: false, running: false });
  till.must('test -d /var/lib/tillbridge && test -f /etc/tillbridge/tillbridge.yaml');
}
