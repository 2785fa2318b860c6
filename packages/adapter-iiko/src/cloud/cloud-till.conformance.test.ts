import { SimulatedIikoCloud } from '@tillbridge/testkit/iiko';
import { describeAdapter } from '@tillbridge/testkit/suites';
import { quickClock } from '../../../../test/support/quick-clock.js';
import { createCloudTill } from '../index.js';
import { cloudOptions } from '../../../../test/support/iiko-cloud-options.js';

// three seconds of real time are two minutes here
const clock = quickClock(40);

describeAdapter('iiko cloud', async (log) => {
  const bodies: string[] = [];
  const cloud = await SimulatedIikoCloud.start({
    clock,
    observe: ({ path, request }) => {
      if (path.endsWith('change_external_data')) bodies.push(JSON.stringify(request));
    },
  });
  cloud.faults.limits = false;
  const [table] = cloud.world.tables;
  cloud.world.openOrder(table);
  return {
    adapter: createCloudTill(cloudOptions(cloud, { nativeIdentifier: { card: 'externalData' }, dataKey: 'card', order: { by: 'tables', tables: [table?.id ?? ''] } }), { clock, log }),
    takes: (on) => {
      cloud.faults.silent = !on;
    },
    taken: () => Buffer.from(bodies.join('\n')),
    dispose: () => cloud.close(),
  };
});
