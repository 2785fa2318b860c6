import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { controlSocketPath, MAX_SOCKET_PATH, socketPathFor, type SocketPlace } from './control-socket-path.js';

const linux = (...runtimeFolders: string[]): SocketPlace => ({ platform: 'linux', uid: 1000, runtimeFolders });
const long = `/srv/${'x'.repeat(120)}`;

describe('the control socket', () => {
  it('is in the state folder', () => {
    expect(socketPathFor('/var/lib/tillbridge', linux('/run/user/1000'))).toEqual({ path: '/var/lib/tillbridge/control.sock' });
  });

  it('has a short path where that one would be too long, another for each state folder', () => {
    const { path, folder } = socketPathFor(long, linux('/run/user/1000'));
    expect(path).toMatch(/^\/run\/user\/1000\/tillbridge-1000\/[0-9a-f]{16}\.sock$/);
    expect(folder).toBe('/run/user/1000/tillbridge-1000');
    expect(socketPathFor(`${long}y`, linux('/run/user/1000')).path).not.toBe(path);
  });

  it('skips runtime folders that are too long themselves', () => {
    expect(socketPathFor(long, linux(long, '/tmp')).folder).toBe('/tmp/tillbridge-1000');
  });

  it('never exceeds its bound while there is a short folder, counted in bytes', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zж/]{1,150}$/u), (name) => {
        expect(Buffer.byteLength(socketPathFor(`/${name}`, linux('/tmp')).path)).toBeLessThanOrEqual(MAX_SOCKET_PATH);
      }),
    );
  });

  it('is a named pipe on Windows', () => {
    expect(socketPathFor('C:\\ProgramData\\Tillbridge\\state', { platform: 'win32', uid: 0, runtimeFolders: [] }).path).toMatch(/^\\\\\.\\pipe\\tillbridge-[0-9a-f]{16}$/);
  });
});

describe.skipIf(process.platform === 'win32')('the short path', () => {
  let runtime: string;
  beforeEach(() => (runtime = mkdtempSync(join(tmpdir(), 'tb-'))));
  afterEach(() => rmSync(runtime, { recursive: true, force: true }));
  const here = (): SocketPlace => ({ platform: process.platform, uid: process.getuid?.() ?? 0, runtimeFolders: [runtime] });

  it('can be listened on, in a folder for the owner alone', async () => {
    const path = controlSocketPath({ path: long }, here());
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
    const server = createServer();
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
    await new Promise((resolve) => server.close(resolve));
  });

  it('is refused where others could put a socket of theirs', () => {
    const path = controlSocketPath({ path: long }, here());
    chmodSync(join(path, '..'), 0o777);
    expect(() => controlSocketPath({ path: long }, here())).toThrow(expect.objectContaining({ code: 'TB_JOURNAL_STATE_FOLDER' }) as Error);
  });
});
