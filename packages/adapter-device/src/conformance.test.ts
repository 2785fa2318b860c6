import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileOutput, systemClock } from '@tillbridge/core';
import { describeAdapter } from '@tillbridge/testkit/suites';
import { describe } from 'vitest';
import { createVirtualCom, openPty } from './index.js';
import { TillProgram } from './testing/till-program.js';

const linux = process.platform === 'linux';

(linux ? describe : describe.skip)('virtual-com', () => {
  describeAdapter('virtual-com, pty', (log) => {
    const folder = mkdtempSync(join(tmpdir(), 'tillbridge-'));
    const link = join(folder, 'port');
    const till = new TillProgram(link);
    let reading: NodeJS.Timeout | undefined;
    return {
      adapter: createVirtualCom({ id: 'front', transport: 'pty', link, output: compileOutput({}) }, { clock: systemClock, log }),
      takes: (on) => {
        till.open();
        clearInterval(reading);
        reading = on ? setInterval(() => till.read(), 2) : undefined;
      },
      taken: () => till.all(),
      dispose: () => {
        clearInterval(reading);
        till.close();
        rmSync(folder, { recursive: true });
      },
    };
  });

  describeAdapter('virtual-com, port', async (log) => {
    // the far end of the cable: a PTY whose slave is the "existing serial port"
    const cable = await openPty();
    const chunks: Uint8Array[] = [];
    let reading: NodeJS.Timeout | undefined;
    return {
      adapter: createVirtualCom({ id: 'front', transport: 'port', path: cable.path, output: compileOutput({}) }, { clock: systemClock, log }),
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
