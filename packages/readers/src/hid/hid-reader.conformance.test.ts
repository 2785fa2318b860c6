import { silentLog, systemClock } from '@tillbridge/core';
import { describeReader } from '@tillbridge/testkit/suites';
import type { LayoutName } from '../profiles/index.js';
import { createHidReader } from './hid-reader.js';
import { reportsOf } from './testing/reports.js';
import { SimulatedHid } from './testing/simulated-hid.js';

const layouts: readonly (readonly [LayoutName, string, string])[] = [['hhp', '0c2e', '0b67'], ['newland', '1eab', '0010']];
for (const [layout, vid, pid] of layouts) {
  describeReader(
    `hid, layout ${layout}`,
    () => {
      const device = layout === 'hhp' ? new SimulatedHid() : new SimulatedHid({ vid, pid });
      const { roots, path } = device;
      return {
        reader: createHidReader({ id: 'r', where: { path } }, { clock: systemClock, log: silentLog, roots, finder: 'sysfs', spawn: device.spawn() }),
        device: {
          // one read of the suite ends with a CR; a HID POS scanner sends it without one
          send: (bytes) => {
            for (const text of Buffer.from(bytes).toString('latin1').split('\r')) {
              if (text !== '') for (const report of reportsOf(layout, { data: Buffer.from(text, 'latin1') })) device.report(report);
            }
          },
          unplug: () => device.unplug(),
          replug: () => device.plug(),
        },
        dispose: () => device.dispose(),
      };
    },
    { stream: false },
  );
}
