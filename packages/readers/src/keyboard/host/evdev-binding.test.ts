import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { loadEvdevBinding, type EvdevBinding } from './evdev-binding.js';

// A named pipe signals its reader as an input device does, and is no input device: what is special about those is proved on a real kernel.
describe.runIf(process.platform === 'linux')('system calls, on a named pipe', () => {
  let folder: string;
  let path: string;
  let binding: EvdevBinding;
  let fd: number;
  let writer: number;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tillbridge-evdev-'));
    path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    binding = await loadEvdevBinding();
    fd = binding.open(path);
    writer = openSync(path, constants.O_WRONLY);
  });
  afterEach(() => {
    for (const each of [fd, writer]) {
      try {
        closeSync(each);
      } catch {
        // closed by the test
      }
    }
    rmSync(folder, { recursive: true, force: true });
  });

  test('the kernel tells when there is something to read; reading never waits', async () => {
    const told = vi.fn();
    const unwatch = binding.watch(fd, told);
    expect(binding.read(fd, new Uint8Array(64))).toBe(0);
    for (let i = 1; i <= 3; i += 1) {
      writeSync(writer, Buffer.alloc(24, i));
      await vi.waitFor(() => expect(told.mock.calls.length).toBeGreaterThanOrEqual(i), { timeout: 5000 });
      const into = new Uint8Array(64);
      expect(binding.read(fd, into)).toBe(24);
      expect(into[23]).toBe(i);
      expect(binding.read(fd, into)).toBe(0);
    }
    unwatch();
    // a signal that nobody waits for ends nothing
    writeSync(writer, Buffer.alloc(24));
    await vi.waitFor(() => expect(binding.read(fd, new Uint8Array(64))).toBe(24), { timeout: 5000 });
  });

  test('errors carry the name of their errno', () => {
    expect(() => binding.grab(fd)).toThrow(expect.objectContaining({ code: 'ENOTTY' }) as Error);
    expect(() => binding.typesDigits(fd)).toThrow(expect.objectContaining({ code: 'ENOTTY' }) as Error);
    expect(() => binding.open(join(folder, 'nothing'))).toThrow(expect.objectContaining({ code: 'ENOENT' }) as Error);
    binding.close(fd);
    expect(() => binding.ungrab(fd)).toThrow(expect.objectContaining({ code: 'EBADF' }) as Error);
  });
});
