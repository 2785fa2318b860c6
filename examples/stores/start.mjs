// Checks a store's configuration as it stands, then runs it against the simulator of its till: the same file, with the addresses of the simulator.
//   node examples/stores/start.mjs 1c|iiko|rkeeper|keyboard [--driver FILE]     (1c: the compiled driver, where `npm run addin` was not run)
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import { openShop, post } from '../support/shop.mjs';
import { STORES } from './stores.mjs';

const name = process.argv[2];
const store = Object.hasOwn(STORES, name ?? '') ? STORES[name] : undefined;
if (store === undefined) {
  console.error(`usage: node examples/stores/start.mjs ${Object.keys(STORES).join('|')}`);
  process.exit(2);
}
const CODE = '9812345678901234';

const file = readFileSync(new URL(`${name}/tillbridge.yaml`, import.meta.url), 'utf8');
const shop = openShop({ env: store.env });
try {
  shop.configure(file);
  const { code, text } = await shop.run('config', 'check');
  console.log(text.replace(join(shop.folder, 'tillbridge.yaml'), `${name}/tillbridge.yaml`));
  if (code !== 0) process.exitCode = code;
  else if (store.play === undefined) console.log(store.why);
  else await play();
} finally {
  await shop.close();
}

async function play() {
  const simulator = await shop.background(...store.simulator(shop.folder), ...process.argv.slice(3));
  // the scanner of the store is not here: one on the network, that nobody connects to, stands for it
  const changed = file.replace(/- \{ id: counter, .*\}/, '- { id: counter, type: tcp, listen: "127.0.0.1:0" }').replace('port: 7843', 'port: 0');
  shop.configure(store.adapt(changed, { folder: shop.folder, simulator }));
  await shop.run('cards', 'add', CODE, store.number);
  const { api } = await shop.background('--log-level', 'error', 'run');
  await store.play({ call: (path, body, method) => post(`${simulator.control}${path}`, body, method), api });
  const state = async () => (await (await fetch(`${simulator.control}/state`)).text()).split(store.number).length;
  const before = await state();
  let scanned = await shop.run('scan', CODE, '--wait', '--reader', 'counter');
  // the simulated till opens its port and its session in its own time, as a real one does: the guest shows the code again
  for (let tries = 0; tries < 20 && scanned.code !== 0; tries += 1) {
    await pause(500);
    scanned = await shop.run('scan', CODE, '--wait', '--reader', 'counter');
  }
  console.log(`the guest's code: ${scanned.text}`);
  // the number is in the till's books already; it has to come up once more, on the receipt. Where the best outcome is `sent` that takes a moment
  let after = await state();
  for (let tries = 0; tries < 100 && after <= before; tries += 1) {
    await pause(100);
    after = await state();
  }
  console.log(`the simulated till has the card: ${after > before ? 'yes' : 'no'}`);
  process.exitCode = after > before ? (scanned.code ?? 1) : 1;
}
