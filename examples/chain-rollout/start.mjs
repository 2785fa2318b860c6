// Writes and checks the configuration of every till of a chain, then runs one of them: its cards come from the chain's server.
//   node examples/chain-rollout/start.mjs
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { openShop } from '../support/shop.mjs';
import { configurationOf, readTills } from './rollout.mjs';

const TOKEN = 'made-up-token-of-the-chain';
const read = (name) => readFileSync(new URL(name, import.meta.url), 'utf8');

/** The chain's server: one file of cards for all stores. Made-up guests. */
async function startServer() {
  const server = createServer(({ headers }, response) => {
    const known = headers.authorization === `Bearer ${TOKEN}`;
    response.writeHead(known ? 200 : 401, { 'content-type': 'text/csv' }).end(known ? 'code,card\n9812345678901234,2700001234564\n9800000000005678,2700000005670\n' : '');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/cards.csv`, close: () => server.close() };
}

const server = await startServer();
const shop = openShop({ env: { CHAIN_TOKEN: TOKEN } });
try {
  const tills = readTills(read('tills.csv'));
  for (const till of tills) {
    shop.configure(configurationOf(read('template.yaml'), till));
    const { code, text } = await shop.run('config', 'check');
    console.log(`${till.store}/${till.machine}: ${code === 0 ? 'ok' : text}`);
    if (code !== 0) process.exitCode = code;
  }
  // the first one, with the server of this example and without its scanner
  const config = configurationOf(read('template.yaml'), tills[0]).replace(/https:\/\/\S+cards\.csv/, server.url).replace('/run/tillbridge', shop.folder).replace('port: 7843', 'port: 0');
  shop.configure(config.replace(/type: serial, match: .*/, 'type: tcp, listen: "127.0.0.1:0" }'));
  await shop.background('--log-level', 'error', 'run');
  let total = 0;
  for (let tries = 0; tries < 100 && total === 0; tries += 1) {
    await pause(200);
    total = JSON.parse((await shop.run('--json', 'cards', 'stats')).text).total;
  }
  console.log(`${tills[0].store}/${tills[0].machine}: ${total} cards came from the chain`);
} finally {
  await shop.close();
  server.close();
}
