import { existsSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TillProgram } from '../testing/till-program.js';
import { groupId } from './access.js';
import { loadPtyBinding } from './binding.js';
import { openPty, type Pty, type PtyOptions } from './pty.js';

let folder: string;
const opened: { close(): void }[] = [];

async function pty(options: PtyOptions = {}): Promise<Pty> {
  const made = await openPty(options);
  opened.push(made);
  return made;
}

function program(path: string): TillProgram {
  const made = new TillProgram(path);
  opened.push(made);
  return made.open();
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillbridge-'));
});
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
  rmSync(folder, { recursive: true });
});

describe('outside Linux', () => {
  it('says that there are no PTYs', async () => {
    await expect(loadPtyBinding('win32')).rejects.toMatchObject({ code: 'TB_NATIVE_UNSUPPORTED' });
  });
});

(process.platform === 'linux' ? describe : describe.skip)('a PTY', () => {
  it('carries every byte unchanged both ways', async () => {
    const port = await pty();
    const till = program(port.path);
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    expect(port.write(all)).toBe(256);
    expect(port.unread()).toBe(256);
    till.read();
    expect(till.all()).toEqual(Buffer.from(all));
    till.write('beep\r');
    expect(Buffer.from(port.read()).toString()).toBe('beep\r');
    till.write('more');
    expect(port.drainInput()).toBe(4);
    expect(port.drainInput()).toBe(0);
  });

  it('sees the till open and close, over and over, and stays raw', async () => {
    const port = await pty();
    for (let round = 0; round < 3; round += 1) {
      expect(port.isOpen()).toBe(false);
      const till = program(port.path);
      expect(port.isOpen()).toBe(true);
      port.write(Buffer.from('\u0003\r\n'));
      expect(port.unread()).toBe(3);
      expect(till.read()).toBe('\u0003\r\n');
      till.close();
    }
  });

  it('counts what is unread right after writing it', async () => {
    const port = await pty();
    const till = program(port.path);
    // FIONREAD without the poll before it is wrong in most of these rounds
    for (let round = 0; round < 500; round += 1) {
      port.write(Buffer.from('4600000000000\r'));
      expect(port.unread()).toBe(14);
      till.read();
    }
  });

  it('takes unread bytes back, also when nobody has it open', async () => {
    const port = await pty();
    const till = program(port.path);
    port.write(Buffer.from('12345678'));
    till.read(3);
    expect(Buffer.from(port.takeBack() ?? []).toString()).toBe('45678');
    port.write(Buffer.from('stale'));
    till.close();
    expect(Buffer.from(port.takeBack() ?? []).toString()).toBe('stale');
    expect(program(port.path).read()).toBe('');
  });

  it('takes in part what does not fit, and says 0 when full', async () => {
    const port = await pty();
    const till = program(port.path);
    const block = Buffer.alloc(1000, 'x');
    let written = 0;
    for (let count = port.write(block); count > 0; count = port.write(block)) written += count;
    expect(written).toBeGreaterThan(4000);
    let read = 0;
    for (let text = till.read(); text !== ''; text = till.read()) {
      read += text.length;
      port.unread();
    }
    expect(read).toBe(written);
  });

  it('after close nothing happens any more', async () => {
    const port = await pty();
    port.close();
    port.close();
    expect(port.isOpen()).toBe(false);
    expect(port.write(Buffer.from('x'))).toBe(0);
    expect(port.unread()).toBeUndefined();
    expect(port.read()).toHaveLength(0);
  });
});

(process.platform === 'linux' ? describe : describe.skip)('the stable name of a PTY', () => {
  it('is made with its folders, replaced by the next owner, and left alone by the previous one', async () => {
    const link = join(folder, 'a', 'b', 'front');
    const first = await pty({ link });
    expect(readlinkSync(link)).toBe(first.path);
    const second = await pty({ link });
    expect(readlinkSync(link)).toBe(second.path);
    first.close();
    expect(readlinkSync(link)).toBe(second.path);
    second.close();
    expect(existsSync(link)).toBe(false);
  });

  it('replaces a link that leads nowhere, never a file, a folder or the name of another device', async () => {
    const link = join(folder, 'front');
    symlinkSync(join(folder, 'gone'), link);
    await pty({ link });
    const file = join(folder, 'file');
    writeFileSync(file, 'precious');
    const directory = join(folder, 'directory');
    mkdirSync(directory);
    const device = join(folder, 'device');
    symlinkSync('/dev/null', device);
    for (const taken of [file, directory, device]) await expect(openPty({ link: taken })).rejects.toMatchObject({ code: 'TB_TILL_LINK_TAKEN' });
    await expect(openPty({ link: join(file, 'below') })).rejects.toThrow('below');
  });

  it('is private by default, open to a group when one is named', async () => {
    const mode = (port: Pty): string => (statSync(port.path).mode & 0o777).toString(8);
    expect(mode(await pty())).toBe('600');
    expect(mode(await pty({ group: process.getgid?.() ?? 0 }))).toBe('660');
    expect(mode(await pty({ mode: 0o666 }))).toBe('666');
    await expect(openPty({ group: 'no-such-group-here' })).rejects.toMatchObject({ code: 'TB_TILL_PORT_ACCESS' });
  });

  it('finds a group by name or number', () => {
    const file = 'root:x:0:\ndialout:x:20:anna,boris\nbroken\n';
    expect(groupId('dialout', file)).toBe(20);
    expect(groupId('44', file)).toBe(44);
    expect(groupId('broken', file)).toBeUndefined();
    expect(groupId('absent', file)).toBeUndefined();
  });
});
