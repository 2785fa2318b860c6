import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SETUP = fileURLToPath(new URL('../../setup-nfc.mjs', import.meta.url));

/** The folder in whose `node_modules` nfc-pcsc and pcsc-mini are, built for the Node.js that runs this. */
export function nfcPackages(): string {
  return spawnSync(process.execPath, [SETUP, '--where'], { encoding: 'utf8' }).stdout.trim();
}
