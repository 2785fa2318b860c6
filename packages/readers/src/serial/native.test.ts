import { silentLog, systemClock } from '@tillbridge/core';
import { RecordingSink } from '@tillbridge/testkit/suites';
import { expect, test, vi } from 'vitest';

vi.mock('serialport', () => {
  throw new Error("Cannot find package 'serialport'");
});

test('without serialport the package loads, and opening a port says what to install', async () => {
  const { createSerialReader } = await import('../index.js');
  const reader = createSerialReader({ id: 'counter', where: { path: '/dev/ptmx' } }, { clock: systemClock, log: silentLog });
  await expect(reader.open(new RecordingSink(), new AbortController().signal)).rejects.toMatchObject({
    code: 'TB_NATIVE_MISSING',
    params: { package: 'serialport' },
  });
  expect(reader.state.status).toBe('failed');
  await reader.close();
});
