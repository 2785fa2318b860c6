import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { needs } from '../../support/needs.js';
import { waitFor } from '../../support/wait-for.js';
import { stageForWindows } from '../../support/wine/stage.js';
import { WineComputer, type WineProgram, type WineResult } from '../../support/wine/wine.js';
import { XServer } from '../../support/x-server.js';
import { Scanner } from '../keyboard-helper/scanner.js';
import { compileWindows, Target } from '../wine/programs.js';

const BUILD = fileURLToPath(new URL('../../../packages/readers/keyboard-helper/build.mjs', import.meta.url));

const CONFIG = `
version: 1
store: shop
machine: pos
readers: [ { id: counter, type: keyboard, auto: true, agent: true } ]
codes: [ { name: card, kind: card, match: "^98(?<value>\\\\d{14})$" } ]
translators: [ { type: rule, codes: [card], number: "2{value:4..14}{ean13}" } ]
tills:
  - { id: front, adapter: keyboard, transport: sendinput, window: { title: Till, class: TillClass, process: target }, agent: true, expireMs: 4000 }
routes: [ { readers: [counter], till: front, goods: front } ]
api: off
`;

interface Status {
  readonly agent?: { readonly status: string };
  readonly tills: readonly { readonly status: string }[];
  readonly readers: readonly { readonly status: string }[];
}

needs('linux', 'mingw', 'wine', 'wine-node', 'xvfb')('daemon and agent as two processes on Windows, under wine', () => {
  let screen: XServer;
  let computer: WineComputer;
  let till: Target;
  let scanner: Scanner;
  let daemon: WineProgram;
  let bin = '';
  let env: Record<string, string> = {};
  const args = (): string[] => [computer.path(bin), '--state', 'C:\\tillbridge', '--config', 'C:\\tillbridge.yaml'];

  beforeAll(async () => {
    screen = await XServer.start();
    screen.layout('us,ru');
    computer = WineComputer.make(screen.display);
    bin = stageForWindows(join(computer.folder, 'app'), computer.natives);
    const helper = execFileSync(process.execPath, [BUILD, '--out', computer.folder], { encoding: 'utf8' }).trim();
    env = { TILLBRIDGE_KEYBOARD_HELPER: computer.path(helper) };
    mkdirSync(computer.driveC, { recursive: true });
    writeFileSync(join(computer.driveC, 'tillbridge.yaml'), CONFIG);
    till = await Target.start(computer, compileWindows('target', computer.folder), 'Till', 'raw');
    scanner = await Scanner.start(computer);
    daemon = computer.node([...args(), '--log-level', 'info', 'run'], { env });
    await daemon.waitForLine(/^READY pid=\d+/, 90_000);
  });
  afterAll(async () => {
    await computer.close();
    await screen.stop();
  });

  const cli = (...command: string[]): Promise<WineResult> => computer.run(computer.nodeExe, [...args(), '--json', ...command], { env });
  const status = async (): Promise<Status> => {
    const { stdout, stderr } = await cli('status');
    if (stdout === '') throw new Error(`${stderr}\n${daemon.stdout()}\n${daemon.stderr()}`);
    return JSON.parse(stdout) as Status;
  };
  const agentUp = async (): Promise<WineProgram> => {
    const agent = computer.node([...args(), '--json', 'agent'], { env });
    await agent.waitForLine(/"event":"connected"/, 90_000);
    await waitFor('till and reader', async () => {
      const now = await status();
      return [...now.tills, ...now.readers].every((part) => part.status === 'ready') ? true : undefined;
    }, 60_000);
    return agent;
  };
  const arrives = async (from: number, text: RegExp): Promise<void> => {
    await waitFor('the keys', () => text.test(till.text().slice(from))).catch(() => undefined);
    expect(till.text().slice(from)).toMatch(text);
  };

  test('without an agent nothing works, and status says so', async () => {
    const now = await status();
    expect(now.agent?.status).toBe('retrying');
    expect(now.tills[0]?.status).not.toBe('ready');
  });

  test('goods are typed again as the same keys, a card becomes its number, typing passes', async () => {
    await agentUp();
    await till.front();
    const from = till.text().length;
    const before = till.keys().length;
    await scanner.types('ab');
    await scanner.scans('4607001234567');
    await arrives(from, /^ab4607001234567\r$/);
    // places of keys, not characters: what a till that reads keys would see from the scanner itself
    const seen = till.keys().slice(before + 2).map((key) => key.split(' ')[1]);
    expect(seen).toEqual(['05', '07', '0b', '08', '0b', '0b', '02', '03', '04', '05', '06', '07', '08', '1c']);
    const second = till.text().length;
    await scanner.scans('9800000000000017');
    await arrives(second, /^2\d{12}\r$/);
    const journal = (await cli('journal')).stdout;
    expect(journal).toContain('"outcome":"sent"');
    expect(daemon.stderr()).not.toContain('0000000017');
  });

  test('an agent that is killed gives the keys back; the next one takes over', async () => {
    const now = await status();
    expect(now.agent?.status).toBe('ready');
    const pid = Number(/pid (\d+)/.exec(JSON.stringify(now.agent))?.[1]);
    // by its Windows number: wine's own process is not it
    await computer.run('taskkill.exe', ['/F', '/PID', String(pid)]);
    await waitFor('the daemon to notice', async () => ((await status()).agent?.status === 'retrying' ? true : undefined), 60_000);
    const from = till.text().length;
    await scanner.scans('12');
    await arrives(from, /^12\r$/);
    await agentUp();
    const again = till.text().length;
    await scanner.scans('4607001234567');
    await arrives(again, /^4607001234567\r$/);
  });

  test('the pipe is open to users at this machine, and to nobody over the network', async () => {
    const script = fileURLToPath(new URL('pipe-access.mjs', import.meta.url));
    const copy = join(computer.folder, 'app', 'pipe-access.mjs');
    writeFileSync(copy, readFileSync(script));
    const { stdout, stderr } = await computer.run(computer.nodeExe, [computer.path(copy), 'C:\\tillbridge'], { env });
    expect(stdout + stderr).toMatch(/D:P\(D;;.*;;;(NU|S-1-5-2)\).*\(A;;[^)]*;;;(OW|S-1-3-4)\)\(A;;[^)]*;;;(IU|S-1-5-4)\)/);
  });
});
