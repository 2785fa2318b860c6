// The built command line as child processes.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { writeShop } from './kit.mjs';

export const bin = fileURLToPath(new URL('../../../packages/bridge/bin/tillbridge.cjs', import.meta.url));
const run = promisify(execFile);

/** A daemon runs for weeks: hot code is compiled from 10 s after READY on, and that is how it is measured. */
export const RUN_IN_MS = 12_000;

/** A shop with one scanner on `tty`, a till on a PTY and a card table. `api`: `off`, or its settings as YAML. */
export const shopOn = (folder, tty, api = 'off') => writeShop({ folder, command: [process.execPath, bin], tty, api });

const call = (shop, ...argv) => run(shop.command[0], [...shop.command.slice(1), ...argv], { maxBuffer: 1 << 24 });

export async function importCards(shop, file) {
  await call(shop, 'cards', 'import', file);
}

/** Pairs a program with the running daemon, as its user would. */
export async function tokenFor(shop, url, name, scopes) {
  const { stdout } = await call(shop, '--json', 'clients', 'pair', '--name', name, '--scope', scopes);
  const body = JSON.stringify({ code: JSON.parse(stdout).code, name });
  const answer = await globalThis.fetch(`${url}/v1/pair`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return (await answer.json()).token;
}
