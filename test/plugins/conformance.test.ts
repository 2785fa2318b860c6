import { join } from 'node:path';
import { codeOf } from '@tillbridge/core';
import { loadPlugin } from '@tillbridge/plugin/host';
import { describeAdapter, describeReader, describeTranslator } from '@tillbridge/testkit/suites';
import { afterAll, beforeAll } from 'vitest';
import { TillSimulator } from '../../packages/create-tillbridge-plugin/template/adapter/src/simulator.js';
import { ScannerSimulator } from '../../packages/create-tillbridge-plugin/template/reader/src/simulator.js';
import { CardServiceSimulator } from '../../packages/create-tillbridge-plugin/template/translator/src/simulator.js';
import { makeTempFolder } from '../support/temp-folder.js';
import { builtTemplate } from './built-template.js';

// The parts that stand for a plugin pass the suites of our own parts, over a real process, with the plugins that the templates make.
const temp = makeTempFolder();
const folderOf = (kind: string): string => join(temp.path, kind);

beforeAll(() => {
  for (const kind of ['adapter', 'reader', 'translator'] as const) builtTemplate(kind, folderOf(kind));
});
afterAll(() => temp.remove());

describeAdapter('in a process of its own', async (log) => {
  const till = await TillSimulator.start();
  return {
    adapter: loadPlugin(folderOf('adapter')).adapter({ options: { port: till.port }, log }),
    takes: (on) => till.takes(on),
    taken: () => till.taken,
    dispose: () => till.close(),
  };
});

describeReader(
  'in a process of its own',
  async () => {
    const scanner = await ScannerSimulator.start();
    return {
      reader: loadPlugin(folderOf('reader')).reader({ options: { port: scanner.port } }),
      device: { send: (bytes) => scanner.send(bytes), unplug: () => scanner.unplug(), replug: () => scanner.plugIn() },
      dispose: () => scanner.unplug(),
    };
  },
  { stream: false, readyWithinMs: 5000 },
);

describeTranslator('in a process of its own', async () => {
  const service = await CardServiceSimulator.start({ '98123456789012': '2000000000015' });
  return {
    translator: loadPlugin(folderOf('translator')).translator({ options: { url: service.url } }),
    known: codeOf('card', '98123456789012'),
    unknown: codeOf('card', '98000000000000'),
    number: '2000000000015',
    dispose: () => service.close(),
  };
});
