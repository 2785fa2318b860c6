import { fileURLToPath } from 'node:url';
import { loadPlugin } from '@tillbridge/plugin/host';
import { describeAdapter } from '@tillbridge/testkit/suites';
import { TillSimulator } from './simulator.js';

// The suite that Tillbridge's own adapters pass, over the built package in a process of its own: as it runs in a store.
describeAdapter('__NAME__', async (log) => {
  const till = await TillSimulator.start();
  const plugin = loadPlugin(fileURLToPath(new URL('..', import.meta.url)));
  return {
    adapter: plugin.adapter({ options: { port: till.port }, log }),
    takes: (on) => till.takes(on),
    taken: () => till.taken,
    dispose: () => till.close(),
  };
});
