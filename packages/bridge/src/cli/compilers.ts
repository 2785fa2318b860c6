import { setFlagsFromString } from 'node:v8';

/** The first major version of V8 whose Maglev can be switched on after the start: measured with Node.js 24 (V8 13) and 26; with 22 (12) it is Turbofan. */
const MAGLEV_SINCE = 13;

/**
 * Lets V8 compile hot code, which `bin/tillbridge.cjs` has switched off: much runs often enough while a daemon starts, and never again. What gets
 * hot after that is worth its memory: goods of a busy till, and an API at 500 requests/s, which takes 0.21 instead of 0.38 of a core.
 */
export function compileHotCode(): void {
  setFlagsFromString(Number.parseInt(process.versions.v8, 10) >= MAGLEV_SINCE ? '--maglev' : '--opt');
}
