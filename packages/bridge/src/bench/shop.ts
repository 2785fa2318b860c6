import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { start, type Child } from './child.js';

/** The default of the configuration, and what is taken off a loyalty scan's time. */
export const QUIET_MS = 20;
/** How long a slow machine may take to be READY, in ms. */
const READY_MS = 60_000;

/** One till's configuration in a folder of its own. */
export interface Shop {
  /** The built command line, with its configuration and state folder. */
  readonly command: readonly [string, ...string[]];
  readonly config: string;
  readonly state: string;
  /** What the cashier program opens. */
  readonly link: string;
}

export interface ShopOptions {
  readonly folder: string;
  /** How `tillbridge` is called: the program and its first arguments. */
  readonly command: readonly [string, ...string[]];
  /** The scanner's port; without one a scanner on a socket that nobody calls, and a till that nobody opens. */
  readonly tty?: string;
  /** `off` (default), or its settings as YAML. */
  readonly api?: string;
}

/** A shop with one scanner, a till on a PTY where there are such, and a card table. */
export function writeShop({ folder, command, tty, api = 'off' }: ShopOptions): Shop {
  mkdirSync(folder, { recursive: true });
  const config = join(folder, 'tillbridge.yaml');
  const state = join(folder, 'state');
  const link = join(folder, 'till');
  const reader = tty === undefined ? 'type: tcp, connect: "127.0.0.1:9"' : `type: serial, path: ${JSON.stringify(tty)}, framing: { quietMs: ${QUIET_MS} }`;
  const till = tty === undefined ? 'adapter: client' : `adapter: virtual-com, transport: pty, link: ${JSON.stringify(link)}`;
  const lines = [
    'version: 1',
    `readers: [ { id: counter, ${reader} } ]`,
    'codes: [ { name: universal, kind: card, match: "^98\\\\d{18}$" } ]',
    'translators: [ { type: table } ]',
    `tills: [ { id: front, ${till} } ]`,
    `api: ${api}`,
    'log: { level: warn }',
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  return { command: [...command, '--config', config, '--state', state], config, state, link };
}

export interface ShopDaemon extends Child {
  /** Of its API; `off` without one. */
  readonly url: string;
}

/** Starts the daemon and waits for its READY. @throws Error when that does not come */
export async function startDaemon({ command, link }: Shop, { pty = true }: { readonly pty?: boolean } = {}): Promise<ShopDaemon> {
  const [program, ...argv] = command;
  const daemon = start(program, [...argv, 'run']);
  try {
    const ready = await daemon.until(/^READY /, READY_MS);
    if (pty && !existsSync(link)) throw new Error(`no ${link} after READY: ${daemon.errors()}`);
    return { ...daemon, url: /api=(\S+)/.exec(ready)?.[1] ?? 'off' };
  } catch (error) {
    await daemon.stop();
    throw error;
  }
}
