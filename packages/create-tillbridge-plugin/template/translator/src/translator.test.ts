import { fileURLToPath } from 'node:url';
import { codeOf } from '@tillbridge/plugin';
import { loadPlugin } from '@tillbridge/plugin/host';
import { describeTranslator } from '@tillbridge/testkit/suites';
import { CardServiceSimulator } from './simulator.js';

// The suite that Tillbridge's own translators pass, over the built package in a process of its own: as it runs in a store.
describeTranslator('__NAME__', async () => {
  const service = await CardServiceSimulator.start({ '98123456789012': '2000000000015' });
  const plugin = loadPlugin(fileURLToPath(new URL('..', import.meta.url)));
  return {
    translator: plugin.translator({ options: { url: service.url } }),
    known: codeOf('card', '98123456789012'),
    unknown: codeOf('card', '98000000000000'),
    number: '2000000000015',
    dispose: () => service.close(),
  };
});
