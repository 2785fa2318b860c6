import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync } from 'node:fs';
import { openPty, type Pty } from '@tillbridge/adapter-device';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bin } from '../support/cli.js';
import { NodePhone, readUrl } from '../support/phone/node-phone.js';
import { TestShop } from '../support/shop.js';
import { waitFor } from '../support/wait-for.js';

const linux = process.platform === 'linux' ? describe : describe.skip;

linux('`mobile pair` on a terminal', () => {
  let shop: TestShop;
  let pty: Pty;
  let child: ChildProcess;
  let shown = '';
  let asked = '';

  beforeEach(async () => {
    shown = '';
    asked = '';
    shop = new TestShop();
    shop.writeConfig({ readers: [{ id: 'waiter', type: 'mobile', host: '127.0.0.1', port: 0, httpPort: 'off' }] });
    pty = await openPty();
    await shop.run();
    const tty = openSync(pty.path, constants.O_RDWR | constants.O_NOCTTY);
    child = spawn(process.execPath, [bin, '-c', shop.configFile, '--state', shop.state, 'mobile', 'pair'], { stdio: [tty, 'pipe', tty], env: { ...process.env, LC_ALL: 'C', TERM: 'xterm' } });
    closeSync(tty);
    child.stdout?.on('data', (chunk: Buffer) => (shown += chunk.toString('utf8')));
  });
  afterEach(async () => {
    child.kill('SIGKILL');
    pty.close();
    await shop.close();
  });

  const look = (): string => (asked += Buffer.from(pty.read()).toString('utf8'));
  const phones = async (): Promise<readonly unknown[]> => (await shop.call('GET', '/v1/phones')).body['phones'] as readonly unknown[];

  /** The phone scans the QR code; gives the digits that it shows. */
  async function scanned(): Promise<string> {
    const url = await waitFor('the QR code', () => /https:\/\/127\.0\.0\.1:\d+\/#\S+/.exec(shown)?.[0]);
    const { origin, fragment } = readUrl(url);
    const { digits } = await new NodePhone(origin).client.pair(fragment, { name: 'Anna', model: 'Pixel 8' }, AbortSignal.timeout(30_000));
    await waitFor('the question', () => look().includes('[y/N]'));
    return digits;
  }

  /** Answers, reads along, and gives the exit code. */
  async function answer(text: string): Promise<number | null> {
    const closed = once(child, 'close') as Promise<[number | null]>;
    const reading = setInterval(look, 5);
    pty.write(Buffer.from(text));
    const [code] = await closed;
    clearInterval(reading);
    return code;
  }

  test('shows the digits of the phone that came, and lets it in on a yes', async () => {
    const digits = await scanned();
    expect(asked).toContain(`Anna (Pixel 8) shows ${digits}? [y/N]`);
    expect(await phones()).toEqual([]);
    expect(await answer('y\r')).toBe(0);
    expect(shown).toContain('paired: Anna');
    expect(await phones()).toHaveLength(1);
  });

  test.each([['a no', 'n\r'], ['Enter alone', '\r'], ['Ctrl-D', '\u0004']])('forgets it on %s', async (_what, text) => {
    await scanned();
    expect(await answer(text)).toBe(1);
    expect(await phones()).toEqual([]);
  });
});
