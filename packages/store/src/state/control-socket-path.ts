import { createHash } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TillbridgeError } from '@tillbridge/core';
import { errorCode } from './atomic-file.js';
import type { StateFolder } from './state-folder.js';

/** A socket's path must fit into `sockaddr_un` (108 bytes on Linux, 104 on macOS, with its NUL): longer ones get a short stand-in. */
export const MAX_SOCKET_PATH = 100;

/** What decides where the control socket is. */
export interface SocketPlace {
  readonly platform: NodeJS.Platform;
  /** Folders for the short path, best first; only ones that exist. */
  readonly runtimeFolders: readonly string[];
  readonly uid: number;
}

/** The path of the control socket, by rules alone: the same for the daemon and for every command that looks for it. */
export function socketPathFor(statePath: string, place: SocketPlace): { readonly path: string; readonly folder?: string } {
  const hash = createHash('sha256').update(statePath).digest('hex').slice(0, 16);
  if (place.platform === 'win32') return { path: `\\\\.\\pipe\\tillbridge-${hash}` };
  const plain = join(statePath, 'control.sock');
  if (Buffer.byteLength(plain) <= MAX_SOCKET_PATH) return { path: plain };
  for (const runtime of place.runtimeFolders) {
    const folder = join(runtime, `tillbridge-${String(place.uid)}`);
    const path = join(folder, `${hash}.sock`);
    if (Buffer.byteLength(path) <= MAX_SOCKET_PATH) return { path, folder };
  }
  return { path: plain };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function thisMachine(): SocketPlace {
  const uid = process.getuid?.() ?? 0;
  const candidates = [process.env['XDG_RUNTIME_DIR'] ?? '', `/run/user/${String(uid)}`, tmpdir()];
  return { platform: process.platform, uid, runtimeFolders: candidates.filter((path) => path.startsWith('/') && isFolder(path)) };
}

/**
 * Where the daemon of this state folder listens for its commands: `control.sock` in the folder, a short path under the user's runtime
 * folder where that would exceed 100 bytes, a named pipe on Windows. Creates the runtime folder (0700) where it needs one.
 * @throws {TillbridgeError} `TB_JOURNAL_STATE_FOLDER` when that folder belongs to somebody else or cannot be created.
 */
export function controlSocketPath(folder: Pick<StateFolder, 'path'>, place: SocketPlace = thisMachine()): string {
  const socket = socketPathFor(folder.path, place);
  if (socket.folder === undefined) return socket.path;
  try {
    mkdirSync(socket.folder, { recursive: true, mode: 0o700 });
    const stats = statSync(socket.folder);
    // the fallback lies in a folder that everybody may write: a socket there is only ours if its folder is
    if (!stats.isDirectory() || stats.uid !== place.uid || (stats.mode & 0o077) !== 0) {
      throw new TillbridgeError('TB_JOURNAL_STATE_FOLDER', { path: socket.folder, problem: 'it belongs to somebody else or is open to others' });
    }
  } catch (error) {
    if (error instanceof TillbridgeError) throw error;
    throw new TillbridgeError('TB_JOURNAL_STATE_FOLDER', { path: socket.folder, problem: errorCode(error) }, { cause: error });
  }
  return socket.path;
}
