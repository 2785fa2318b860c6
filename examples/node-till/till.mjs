// A till program with the bridge inside. It owns its scanner (here: the keyboard, one code a line).
import { createInterface } from 'node:readline';
import { createBridge } from '@tillbridge/sdk';

const bridge = await createBridge({
  readers: [{ id: 'scanner', type: 'till', till: 'front' }],
  codes: [{ name: 'universal', kind: 'card', match: '^98(?<value>\\d{14})$' }],
  translators: [{ type: 'rule', number: '2{value:4..14}{ean13}' }],
  tills: [{ id: 'front', adapter: 'client' }],
});
const cards = bridge.take('front', (number) => console.log(`card of this sale: ${number.reveal()}`));

for await (const code of createInterface({ input: process.stdin })) {
  const { kind, outcome } = await bridge.scan(code, { wait: true });
  console.log(kind === 'goods' ? `product: ${code}` : `loyalty: ${outcome}`);
}
await bridge.close();
await cards;
