import { execFile } from 'node:child_process';
import { connect } from 'node:net';

/** Where pcsc-lite's service listens (pcsclite.h, PCSCLITE_CSOCK_NAME). */
const DEFAULT_SOCKET = '/run/pcscd/pcscd.comm';
const PROBE_MS = 1000;

/** The PC/SC service of the system. */
export interface PcscService {
  /** Whether it answers. Never rejects; at most 1 s. */
  runs(): Promise<boolean>;
  /** How often it may be asked while waiting for it, ms. */
  readonly everyMs: number;
}

/**
 * Linux: pcscd's socket takes a connection (with systemd that starts the service). Windows: the service SCardSvr runs; Windows starts it
 * when a reader is plugged in and stops it with the last one. macOS starts its service by itself.
 */
export function systemService(platform: NodeJS.Platform = process.platform, socket = process.env['PCSCLITE_CSOCK_NAME'] ?? DEFAULT_SOCKET): PcscService {
  if (platform === 'win32') return { runs: windowsService, everyMs: 3000 };
  if (platform === 'darwin') return { runs: () => Promise.resolve(true), everyMs: 3000 };
  return { runs: () => socketAnswers(socket), everyMs: 250 };
}

function socketAnswers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path });
    const done = (answers: boolean): void => {
      socket.destroy();
      resolve(answers);
    };
    socket.setTimeout(PROBE_MS, () => done(false));
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
  });
}

function windowsService(): Promise<boolean> {
  return new Promise((resolve) => {
    execFile('sc.exe', ['query', 'SCardSvr'], { timeout: PROBE_MS, windowsHide: true }, (error, stdout) => resolve(error === null && /:\s*4\s+RUNNING/.test(stdout)));
  });
}
