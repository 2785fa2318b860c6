import { fileURLToPath } from 'node:url';
import { loadPlugin } from '@tillbridge/plugin/host';
import { describeReader } from '@tillbridge/testkit/suites';
import { ScannerSimulator } from './simulator.js';

// The suite that Tillbridge's own readers pass, over the built package in a process of its own: as it runs in a store.
describeReader(
  '__NAME__',
  async () => {
    const scanner = await ScannerSimulator.start();
    const plugin = loadPlugin(fileURLToPath(new URL('..', import.meta.url)));
    return {
      reader: plugin.reader({ options: { port: scanner.port } }),
      device: { send: (bytes) => scanner.send(bytes), unplug: () => scanner.unplug(), replug: () => scanner.plugIn() },
      dispose: () => scanner.unplug(),
    };
  },
  // the scanner ends its reads itself; a connection is tried again after half a second, then after one, then two
  { stream: false, readyWithinMs: 5000 },
);
