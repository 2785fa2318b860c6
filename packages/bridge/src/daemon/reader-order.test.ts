import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog, systemClock } from '@tillbridge/core';
import { openStateFolder } from '@tillbridge/store';
import { expect, it } from 'vitest';
import { parseConfig, type LoadedConfig } from '../config/index.js';
import { Daemon } from './daemon.js';
import { standardParts } from './parts.js';

const CONFIG = `version: 1
readers:
  - { id: counter, type: tcp, listen: "127.0.0.1:0" }
  - { id: tablet, type: till, till: front }
tills: [{ id: front, adapter: client }]
api: off
`;

function load(): LoadedConfig {
  const loaded = parseConfig(CONFIG, { path: 'tillbridge.yaml', env: {}, readFile: () => new Uint8Array() });
  if (!('config' in loaded)) throw new Error('the configuration of the test is refused');
  return loaded;
}

it('readers stand in the order of the configuration, whichever of them takes longest to load: the first gets a scan that names none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tb-order-'));
  const state = openStateFolder(join(folder, 'state'));
  const parts = {
    ...standardParts,
    reader: async (...of: Parameters<typeof standardParts.reader>) => {
      const made = await standardParts.reader(...of);
      if (of[0].id === 'counter') await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
      return made;
    },
  };
  const daemon = await Daemon.start({ config: load().config, loadConfig: load, configPath: 't.yaml', state, clock: systemClock, log: { ...silentLog, setLevel: () => undefined }, parts });
  try {
    expect(daemon.pipeline.readers().map(({ reader }) => reader.id)).toEqual(['counter', 'tablet']);
  } finally {
    await daemon.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
