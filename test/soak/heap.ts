import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes of the heap in use after everything that nobody holds was collected. */
export function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // twice: what a finaliser lets go of needs a second round
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
