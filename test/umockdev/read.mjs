// Reads with the hid reader, through node-hid in its own process, what umockdev plays: prints each read; `good` is fed back
// when it is ready and after the second.
import { systemClock, silentLog } from '@tillbridge/core';
import { createHidReader } from '@tillbridge/readers';

// sysfs is read by Node.js, past umockdev; the device is opened by node-hid, through it
const roots = { sys: `${process.env.UMOCKDEV_DIR}/sys`, dev: '/dev', proc: '/proc' };
// `flushMs`: the two reports of one code are played with time between them (replay.test.ts)
const reader = createHidReader({ id: 'played', where: { match: { vid: '0c2e', pid: '0b67' } }, flushMs: 5000 }, { clock: systemClock, log: silentLog, roots });
let reads = 0;
const sink = {
  read: ({ bytes, symbology }) => {
    reads += 1;
    console.log(JSON.stringify({ text: Buffer.from(bytes).toString('latin1'), symbology }));
    if (reads === 2) void reader.feedback('good');
    if (reads === 3) void reader.close();
  },
  tail: () => undefined,
  quiet: () => undefined,
  resumed: () => undefined,
  dropped: (reason, byteCount) => console.log(JSON.stringify({ reason, byteCount })),
  state: ({ status, reason }) => console.log(JSON.stringify({ status, reason: reason?.code })),
};
await reader.open(sink, AbortSignal.timeout(30_000));
await reader.feedback('good');
