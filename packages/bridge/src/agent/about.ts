import { execFile } from 'node:child_process';
import { productVersion } from '../version.js';
import type { AboutAgent } from './greeting.js';

const WHOAMI_MS = 5000;

/** Windows' integrity levels by the last part of their SID (Microsoft, "Well-known SIDs": S-1-16-8192 is medium). */
const LEVELS: Readonly<Record<string, string>> = { '0': 'untrusted', '4096': 'low', '8192': 'medium', '8448': 'medium plus', '12288': 'high', '16384': 'system' };

/** What this agent says of itself. */
export async function aboutThisAgent(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): Promise<AboutAgent> {
  const session = platform === 'win32' ? (env['SESSIONNAME'] ?? '') : [env['XDG_SESSION_TYPE'], env['DISPLAY']].filter((word) => word !== undefined && word !== '').join(' ');
  return { version: productVersion(), pid: process.pid, platform, session: session.slice(0, 100), integrity: platform === 'win32' ? levelOf(await whoami()) : '' };
}

/** The level's SID stands among the groups of the user, whatever the language of Windows. */
export function levelOf(groups: string): string {
  const level = /S-1-16-(\d+)/.exec(groups)?.[1];
  return level === undefined ? 'unknown' : (LEVELS[level] ?? level);
}

function whoami(): Promise<string> {
  return new Promise((resolve) => {
    execFile('whoami', ['/groups'], { timeout: WHOAMI_MS, windowsHide: true, maxBuffer: 1_000_000, encoding: 'latin1' }, (_, stdout) => resolve(stdout));
  });
}
