import { createDeviceTill } from '@tillbridge/adapter-1c';
import { createVirtualCom } from '@tillbridge/adapter-device';
import { compileOutput, systemClock } from '@tillbridge/core';
import { OnecClient, type NativeLibrary } from '@tillbridge/testkit/1c';
import { describeAdapter } from '@tillbridge/testkit/suites';
import { afterAll, beforeAll } from 'vitest';
import { needs } from '../support/needs.js';
import { makeTempFolder } from '../support/temp-folder.js';
import { TillPort } from '../support/till-port.js';
import { addinTill, compiledDriver, portOf, TOKEN } from './driver.js';

needs('linux', 'gcc')('with the compiled driver', () => {
  let driver: { readonly library: NativeLibrary; readonly remove: () => void };

  beforeAll(async () => {
    driver = await compiledDriver();
  });
  afterAll(() => driver.remove());

  for (const confirmMs of [undefined, 1000]) {
    describeAdapter(confirmMs === undefined ? '1c addin' : '1c addin with the extension', async (log) => {
      const till = addinTill(confirmMs === undefined ? {} : { confirmMs }, log);
      const client = await OnecClient.start({ clock: systemClock, library: driver.library, extension: confirmMs !== undefined });
      let taken = '';
      client.onEvent(({ event, data }) => {
        const { number } = event === 'TillbridgeCard' ? (JSON.parse(data) as { number: string }) : { number: data };
        taken += `${number}\r`;
        if (event === 'TillbridgeCard') client.sales.catalogue.cards.push({ kind: 'Бонусная', owner: '', barcode: number });
      });
      return {
        adapter: till,
        takes: async (on) => {
          client.full = !on;
          if (client.devices.length === 0) await client.connect({ Port: portOf(till), Token: TOKEN });
        },
        taken: () => Buffer.from(taken, 'utf8'),
        // an event carries text, without an end, and none with NUL in it
        shows: (bytes) => (bytes.includes(0) ? new Uint8Array(0) : Buffer.from(`${Buffer.from(bytes).toString('utf8')}\r`)),
        dispose: () => client.close(),
      };
    });
  }
});

needs('linux')('as a scanner on a port', () => {
  describeAdapter('1c device', (log) => {
    const folder = makeTempFolder();
    const link = `${folder.path}/port`;
    const port = new TillPort(link);
    const inner = createVirtualCom({ id: 'front', transport: 'pty', link, output: compileOutput({}), suffix: 'CR', gapMs: 100 }, { clock: systemClock, log });
    return {
      adapter: createDeviceTill({ output: compileOutput({ suffix: 'none' }), charset: 'digits' }, inner),
      takes: (on) => {
        port.open();
        if (on) port.resume();
        else port.pause();
      },
      taken: () => port.bytes(),
      dispose: () => {
        port.close();
        folder.remove();
      },
    };
  });
});
