// Runs the daemon, the adapter and a till that reads files: one guest with a receipt open, one without, one at a till that is not there.
//   node examples/till-over-sdk/start.mjs
import { existsSync, mkdirSync, readFileSync, renameSync, watch } from 'node:fs';
import { join } from 'node:path';
import { openShop } from '../support/shop.mjs';
import { serve } from './adapter.mjs';

/** The cashier program: looks into its folder. `mood`: open, closed or away. */
function playTill(folder) {
  const till = { mood: 'open' };
  const card = join(folder, 'card.txt');
  till.watcher = watch(folder, () => {
    if (till.mood === 'away' || !existsSync(card)) return;
    const answer = join(folder, till.mood === 'open' ? 'card.taken' : 'card.refused');
    if (till.mood === 'open') console.log(`on the receipt: ${readFileSync(card, 'utf8').trim()}`);
    renameSync(card, answer);
  });
  return till;
}

const shop = openShop();
const folder = join(shop.folder, 'till');
mkdirSync(folder);
const till = playTill(folder);
try {
  shop.configure(readFileSync(new URL('tillbridge.yaml', import.meta.url), 'utf8'));
  const { api } = await shop.background('--log-level', 'error', 'run');
  const bridge = await shop.client(api, 'file till', 'scan:read,scan:inject,delivery');
  const serving = serve(bridge, 'front', folder);
  for (const [mood, code] of [['open', '9812345678901234'], ['closed', '9800000000005678'], ['away', '9800000000009012']]) {
    till.mood = mood;
    const { outcome, reason } = await bridge.scan(code, { wait: true });
    console.log(`till ${mood}: ${outcome}${reason === undefined ? '' : ` (${reason})`}`);
  }
  await bridge.close();
  await serving.catch(() => undefined);
} finally {
  till.watcher.close();
  await shop.close();
}
