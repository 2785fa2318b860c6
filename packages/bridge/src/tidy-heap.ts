import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** So many collections a function is not run before its bytecode goes: V8's own default in Node.js 22 to 26, and what it is while a start is tidied up. */
const OLD_AGE = { usual: 6, afterStart: 1 };

/**
 * Gives back what a start leaves behind: V8 would only do it when there is something to do. 2 MiB of the 60 that a child process may take. Bytecode
 * that only the start ran goes too: what of it runs again is compiled again. It takes some tens of milliseconds. The collector is reached by its
 * flag, as V8's own tests do it (`--expose-gc`); where it cannot be had nothing happens.
 */
export function tidyHeap(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('globalThis.gc');
  setFlagsFromString('--no-expose-gc');
  if (!isCollector(collect)) return;
  setFlagsFromString(`--bytecode-old-age=${String(OLD_AGE.afterStart)}`);
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  setFlagsFromString(`--bytecode-old-age=${String(OLD_AGE.usual)}`);
}

type Collector = (options: { readonly type: 'major'; readonly execution: 'sync'; readonly flavor: 'last-resort' }) => void;

function isCollector(value: unknown): value is Collector {
  return typeof value === 'function';
}
