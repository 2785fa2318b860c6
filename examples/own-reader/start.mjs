// A program with the bridge inside and a reader of its own: a kiosk posts a card and a product.
//   node examples/own-reader/start.mjs
import { createBridge } from '@tillbridge/sdk';
import { HttpReader } from './http-reader.mjs';

const reader = new HttpReader({ id: 'kiosk' });
const bridge = await createBridge({
  readers: [reader],
  codes: [{ name: 'universal', kind: 'card', match: '^98(?<value>\\d{14})$' }],
  translators: [{ type: 'rule', number: '2{value:4..14}{ean13}' }],
  tills: [{ id: 'front', adapter: 'client' }],
});

const post = (body) => fetch(reader.url, { method: 'POST', body });
const seen = new Promise((resolve) => bridge.on('goods', ({ text }) => resolve(console.log(`product: ${text}`))));
const applied = new Promise((resolve) => bridge.on('outcome', ({ outcome }) => resolve(console.log(`loyalty: ${outcome}`))));
const taking = bridge.take('front', (number) => console.log(`card of this sale: ${number.reveal()}`));

await post('4600000000017');
await seen;
await post('9812345678901234');
await applied;
await bridge.close();
await taking;
