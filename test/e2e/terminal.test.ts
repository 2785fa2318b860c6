import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { openPty, type Pty } from '@tillbridge/adapter-device';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bin } from '../support/cli.js';
import { makeTempFolder } from '../support/temp-folder.js';
import { waitFor } from '../support/wait-for.js';

const linux = process.platform === 'linux' ? describe : describe.skip;

linux('on a terminal', () => {
  let folder: ReturnType<typeof makeTempFolder>;
  let pty: Pty;
  let child: ChildProcess;
  let seen = '';

  /** Starts the command line with the terminal as its input and its messages. */
  const start = (args: readonly string[]): void => {
    const tty = openSync(pty.path, constants.O_RDWR | constants.O_NOCTTY);
    child = spawn(process.execPath, [bin, ...args], { cwd: folder.path, stdio: [tty, 'pipe', tty], env: { ...process.env, LC_ALL: 'C', TERM: 'xterm' } });
    closeSync(tty);
  };
  const look = (): string => (seen += Buffer.from(pty.read()).toString('utf8'));
  const answer = async (question: string, text: string): Promise<void> => {
    await waitFor(`the question ${question}`, () => look().includes(question), 10_000);
    seen = '';
    pty.write(Buffer.from(text));
  };
  /** Reads along until the command has ended. */
  const end = async (): Promise<number | null> => {
    const timer = setInterval(look, 5);
    const [code] = (await once(child, 'close')) as [number | null];
    clearInterval(timer);
    return code;
  };

  beforeEach(async () => {
    seen = '';
    folder = makeTempFolder();
    pty = await openPty();
  });
  afterEach(() => {
    child.kill('SIGKILL');
    pty.close();
    folder.remove();
  });

  test('init asks for reader and till; Enter takes what stands in brackets', async () => {
    start(['init']);
    await answer('Reader', 'tcp:127.0.0.1:4001\r');
    await answer('Till', '\r');
    expect(await end()).toBe(0);
    const text = readFileSync(`${folder.path}/tillbridge.yaml`, 'utf8');
    expect(text).toContain('listen: 127.0.0.1:4001');
    expect(text).toContain('adapter: virtual-com');
  });

  test.each([
    { name: 'Ctrl-C', key: '\u0003' },
    { name: 'Ctrl-D', key: '\u0004' },
  ])('init: $name is no answer: exit 1, nothing written', async ({ key }) => {
    start(['init']);
    await answer('Reader', key);
    expect(await end()).toBe(1);
    expect(existsSync(`${folder.path}/tillbridge.yaml`)).toBe(false);
  });

  test('cards import shows a bar that goes away again', async () => {
    writeFileSync(`${folder.path}/cards.csv`, `code,card\n${Array.from({ length: 200_000 }, (_, i) => `77${String(i).padStart(8, '0')},${String(i)}`).join('\n')}\n`);
    start(['cards', 'import', 'cards.csv', '--state', `${folder.path}/state`]);
    let out = '';
    child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
    expect(await end()).toBe(0);
    look();
    expect(out).toBe('imported 200000, updated 0, skipped 0\n');
    expect(seen).toMatch(/\[#*\.*\] +\d+ %/);
    expect(seen.endsWith('\r\u001b[K')).toBe(true);
  });
});
