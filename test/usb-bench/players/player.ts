// Plays devices in a process of its own. Drivers make synchronous calls that wait for the device: played in the process under test, the
// device could never answer, and both would hang for good.
import type { DeviceEvent, Emit, PlayedDevice } from './device.ts';
import { KINDS, type FromPlayer, type Kind, type ToPlayer } from './kinds.ts';

const devices = new Map<number, PlayedDevice>();

function send(message: FromPlayer): void {
  // a group that has just ended hears no more
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

function create(device: number, kind: Kind, spec: unknown): PlayedDevice {
  const emit: Emit = (name, number = 0, data = new Uint8Array(0)) => {
    const event: DeviceEvent = { name, number, data };
    send({ device, event });
  };
  const make = KINDS[kind] as (spec: unknown, emit: Emit) => PlayedDevice;
  return make(spec, emit);
}

async function obey(message: ToPlayer): Promise<void> {
  if ('create' in message) {
    devices.set(message.device, create(message.device, message.create, message.spec));
    return;
  }
  const device = devices.get(message.device);
  const method: unknown = device === undefined ? undefined : Reflect.get(device, message.call);
  if (typeof method !== 'function') throw new Error(`there is no ${message.call} here`);
  await (method as (...args: unknown[]) => Promise<void>).apply(device, [...message.args]);
}

process.on('message', (message: ToPlayer) => {
  obey(message).then(
    () => send({ id: message.id }),
    (error: unknown) => send({ id: message.id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
// the group is gone: every cable is pulled
process.on('disconnect', () => {
  void Promise.allSettled([...devices.values()].map((device) => device.close())).then(() => process.exit(0));
});
