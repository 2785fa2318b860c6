import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startChild } from './child.js';
import { waitFor } from './wait-for.js';

/** Two ttys joined back to back, like a null-modem cable: what is written to one comes out of the other. */
export interface TtyPair {
  readonly pid: number;
  /** Symbolic links to the two ends. */
  readonly a: string;
  readonly b: string;
  /** Ends socat: both ttys hang up and their links go, as when a USB adapter is pulled. */
  unplug(): Promise<void>;
}

/** Starts socat (the part `socat`) with its links in `folder`; `name` tells several pairs apart. The same name again is a replug. */
export async function startTtyPair(folder: string, name = 'pair'): Promise<TtyPair> {
  const a = join(folder, `${name}-a`);
  const b = join(folder, `${name}-b`);
  const socat = startChild('socat', [`pty,raw,echo=0,link=${a}`, `pty,raw,echo=0,link=${b}`]);
  try {
    await waitFor(`socat to link ${a} and ${b}`, () => existsSync(a) && existsSync(b));
  } catch (error) {
    await socat.kill();
    throw new Error(`socat did not start: ${socat.stderr()}`, { cause: error });
  }
  return {
    pid: socat.pid,
    a,
    b,
    unplug: async () => {
      await socat.stop(2000);
    },
  };
}
