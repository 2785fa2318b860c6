// Installs the plugin into a shop of its own, runs the daemon, and scans three guests.
//   node examples/translator-plugin/start.mjs
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openShop } from '../support/shop.mjs';
import { startCrm } from './crm.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const key = 'made-up-key-of-the-crm';
const crm = await startCrm(key);
const shop = openShop({ env: { CRM_KEY: key } });
try {
  // what `npm install acme-tillbridge-translator-crm-1.0.0.tgz` does in the folder of tillbridge.yaml
  for (const file of ['package.json', 'index.js']) cpSync(here(file), join(shop.folder, 'node_modules/@acme/tillbridge-translator-crm', file));
  shop.configure(readFileSync(here('tillbridge.yaml'), 'utf8').replace('http://127.0.0.1:8200/guests', crm.url));
  console.log((await shop.run('config', 'check')).text.replace(shop.folder, '.'));
  const { api } = await shop.background('--log-level', 'error', 'run');
  const till = await shop.client(api, 'till', 'scan:read,scan:inject,delivery');
  const taking = till.take('front', (number) => console.log(`on the receipt: ${number.reveal()}`));
  for (const code of ['9812345678901234', '9899999999999999', '9855555555555555']) {
    const { outcome, reason } = await till.scan(code, { wait: true });
    console.log(`${code}: ${outcome}${reason === undefined ? '' : ` (${reason})`}`);
  }
  await till.close();
  await taking.catch(() => undefined);
} finally {
  await shop.close();
  crm.close();
}
