import { createVirtualCom, openPty } from '@tillbridge/adapter-device';
import { createDeviceTill, DEFAULT_RULES } from '@tillbridge/adapter-rkeeper';
import { compileOutput, systemClock } from '@tillbridge/core';
import { describeAdapter } from '@tillbridge/testkit/suites';
import { describe } from 'vitest';

// the station reads us on the far end of a real port
(process.platform === 'linux' ? describe : describe.skip)('r_keeper', () => {
  describeAdapter('r_keeper device', async (log) => {
    const cable = await openPty();
    const chunks: Uint8Array[] = [];
    let reading: NodeJS.Timeout | undefined;
    const output = compileOutput({ template: ';778=000012885={number}\r' });
    return {
      adapter: createDeviceTill(DEFAULT_RULES, createVirtualCom({ id: 'front', transport: 'port', path: cable.path, output }, { clock: systemClock, log })),
      takes: (on) => {
        clearInterval(reading);
        reading = on ? setInterval(() => chunks.push(cable.read()), 2) : undefined;
      },
      taken: () => Buffer.concat(chunks),
      dispose: () => {
        clearInterval(reading);
        cable.close();
      },
    };
  });
});
