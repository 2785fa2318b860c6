import { createVirtualCom, openPty } from '@tillbridge/adapter-device';
import { createDeviceTill } from '@tillbridge/adapter-iiko';
import { compileOutput, instant, NativeNumber, silentLog, systemClock, type DeliveryRequest } from '@tillbridge/core';
import { describeAdapter } from '@tillbridge/testkit/suites';
import { describe, expect, it } from 'vitest';

const linux = process.platform === 'linux' ? describe : describe.skip;
const never = new AbortController().signal;
const nobody = { state: () => undefined, goodsDropped: () => undefined, order: () => undefined };

// iikoFront reads us on the far end of a real port
linux('iiko', () => {
  const cabled = async (log = silentLog) => {
    const cable = await openPty();
    const port = createVirtualCom({ id: 'front', transport: 'port', path: cable.path, output: compileOutput({ track2: true, suffix: 'CR' }) }, { clock: systemClock, log });
    return { cable, adapter: createDeviceTill({ card: 'iikoCardTrack', phone: 'iikoCardPhone' }, port) };
  };

  describeAdapter('iiko device', async (log) => {
    const { cable, adapter } = await cabled(log);
    const chunks: Uint8Array[] = [];
    let reading: NodeJS.Timeout | undefined;
    return {
      adapter,
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

  it.each([
    ['letters', 'card', '77ABC1', 'numberNotDigits'],
    ['a plus', 'phone', '+79990001122', 'numberNotDigits'],
    ['a coupon that nobody gave a meaning', 'coupon', '1234', 'noNativeIdentifier'],
  ] as const)('%s are refused whole', async (_name, kind, value, reason) => {
    const { cable, adapter } = await cabled();
    await adapter.open(nobody, never);
    const request: DeliveryRequest = { id: 'd', scanId: 's', till: 'front', number: new NativeNumber(kind, value), at: instant(systemClock), expired: () => false };
    expect(await adapter.deliver(request, never)).toEqual({ outcome: 'rejected', reason });
    await adapter.close();
    expect(cable.read()).toHaveLength(0);
    cable.close();
  });
});
