// A till that Tillbridge has no adapter for, over the SDK: the program looks into a folder, renames `card.txt` to `card.taken` when the number is
// on the receipt, or to `card.refused` when it has no open receipt.
import { existsSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How long the till may take: less than `expireMs` of the configuration, so that the last word is ours. */
const PATIENCE_MS = 3000;

/** Waits until the till has answered or the time is over. */
function answered(folder, signal) {
  return new Promise((resolve) => {
    const watcher = watch(folder);
    const look = (over) => {
      const found = ['taken', 'refused'].find((word) => existsSync(join(folder, `card.${word}`)));
      if (found === undefined && !over) return;
      watcher.close();
      resolve(found);
    };
    watcher.on('change', () => look(false));
    signal.addEventListener('abort', () => look(true), { once: true });
    look(signal.aborted);
  });
}

/** Takes a number back that the till has not taken: whoever renames the file first has it. */
function takenBack(folder) {
  try {
    renameSync(join(folder, 'card.txt'), join(folder, 'card.part'));
    return true;
  } catch {
    return false;
  }
}

async function hand(number, folder, signal) {
  const draft = join(folder, 'card.part');
  writeFileSync(draft, `${number.kind} ${number.reveal()}\n`);
  // complete or not there at all: the till may look at any moment
  renameSync(draft, join(folder, 'card.txt'));
  const word = (await answered(folder, signal)) ?? (takenBack(folder) ? 'withdrawn' : 'taken');
  for (const name of ['part', 'taken', 'refused']) rmSync(join(folder, `card.${name}`), { force: true });
  return word;
}

/** Serves a till's deliveries until the bridge is closed. One at a time: the folder holds one card. */
export async function serve(bridge, till, folder) {
  for await (const delivery of bridge.deliveries(till, { credit: 1 })) {
    // to exactly one program; from here on we owe an answer, and a true one
    const number = await delivery.claim();
    const word = await hand(number, folder, AbortSignal.any([delivery.ended, AbortSignal.timeout(PATIENCE_MS)]));
    if (word === 'taken') await delivery.done('applied');
    else if (word === 'refused') await delivery.done('rejected', 'noOpenReceipt');
    else await delivery.done('failed', 'notTaken'); // it lies nowhere any more: it cannot reach the next guest's receipt
  }
}
