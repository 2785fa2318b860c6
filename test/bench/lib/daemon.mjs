// The built command line as child processes.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { start } from './child.mjs';

export const bin = fileURLToPath(new URL('../../../packages/bridge/bin/tillbridge.cjs', import.meta.url));
const run = promisify(execFile);

export const QUIET_MS = 20;

/** A shop with one scanner on `tty`, a till on a PTY and a card table. `api`: `off`, or its settings as YAML. */
export function writeShop(folder, tty, api = 'off') {
  mkdirSync(folder, { recursive: true });
  const config = join(folder, 'tillbridge.yaml');
  writeFileSync(
    config,
    `version: 1
readers:
  - id: counter
    type: serial
    path: ${tty}
    framing: { quietMs: ${QUIET_MS} }
codes:
  - { name: universal, kind: card, match: "^98\\\\d{18}$" }
translators:
  - { type: table }
tills:
  - { id: front, adapter: virtual-com, transport: pty, link: ${join(folder, 'till')} }
api: ${api}
log: { level: warn }
`,
  );
  return { config, state: join(folder, 'state'), link: join(folder, 'till') };
}

const argv = ({ config, state }, ...rest) => [bin, '--config', config, '--state', state, ...rest];

export async function importCards(shop, file) {
  await run(process.execPath, argv(shop, 'cards', 'import', file), { maxBuffer: 1 << 24 });
}

export async function startDaemon(shop) {
  const daemon = start(process.execPath, argv(shop, 'run'));
  const ready = await daemon.until(/^READY /);
  if (!existsSync(shop.link)) throw new Error(`no ${shop.link} after READY: ${daemon.errors()}`);
  return Object.assign(daemon, { url: /api=(\S+)/.exec(ready)[1] });
}

/** Pairs a program with the running daemon, as its user would. */
export async function tokenFor(shop, url, name, scopes) {
  const { stdout } = await run(process.execPath, argv(shop, '--json', 'clients', 'pair', '--name', name, '--scope', scopes));
  const body = JSON.stringify({ code: JSON.parse(stdout).code, name });
  const answer = await globalThis.fetch(`${url}/v1/pair`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return (await answer.json()).token;
}

const status = (pid) => readFileSync(`/proc/${pid}/status`, 'utf8');
export const rssMiB = (pid) => Number((Number(/VmRSS:\s+(\d+)/.exec(status(pid))[1]) / 1024).toFixed(1));
export const anonymousMiB = (pid) => Number((Number(/RssAnon:\s+(\d+)/.exec(status(pid))[1]) / 1024).toFixed(1));

/** User and system time so far of a process and its threads, seconds. */
export function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
  // utime and stime in ticks; Linux gives 100 a second to every program (USER_HZ)
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

export function childrenOf(pid) {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number));
}
