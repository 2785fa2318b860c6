import { VirtualClock } from '@tillbridge/testkit';
import { describe, expect, it } from 'vitest';
import { createNotifier, type ServiceNotifier } from './notify.js';

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function start(env: Record<string, string>, taken: () => Promise<void> = () => Promise.resolve()): { clock: VirtualClock; told: string[]; notifier: ServiceNotifier } {
  const clock = new VirtualClock();
  const told: string[] = [];
  const tell = (words: readonly string[]): Promise<void> => {
    told.push(words[0] ?? '');
    return taken();
  };
  return { clock, told, notifier: createNotifier({ env, pid: 77, clock, tell }) };
}

const SOCKET = { NOTIFY_SOCKET: '/run/systemd/notify' };

describe('the notices to the service manager', () => {
  it('are none where nobody listens', async () => {
    const { told, notifier, clock } = start({ WATCHDOG_USEC: '3000000' });
    notifier.ready();
    notifier.reloading();
    await notifier.stopping();
    await clock.advance(60_000);
    expect(told).toEqual([]);
  });

  it('come in order, and nothing says ready after stopping', async () => {
    const { told, notifier } = start(SOCKET);
    notifier.ready();
    notifier.reloading();
    notifier.ready();
    await notifier.stopping();
    notifier.ready();
    await settle();
    expect(told).toEqual(['READY=1', 'RELOADING=1', 'READY=1', 'STOPPING=1']);
  });

  it('feed the watchdog three times in its time, from ready on', async () => {
    const { told, notifier, clock } = start({ ...SOCKET, WATCHDOG_USEC: '30000000', WATCHDOG_PID: '77' });
    await clock.advance(60_000);
    expect(told).toEqual([]);
    notifier.ready();
    notifier.ready();
    for (let i = 0; i < 3; i++) {
      await settle();
      await clock.advance(10_000);
    }
    await settle();
    expect(told.filter((word) => word === 'WATCHDOG=1')).toHaveLength(3);
    notifier.close();
    await clock.advance(60_000);
    await settle();
    expect(told.filter((word) => word === 'WATCHDOG=1')).toHaveLength(3);
  });

  it('do not pile up when the manager takes none', async () => {
    const { told, notifier, clock } = start({ ...SOCKET, WATCHDOG_USEC: '3000000' }, () => new Promise(() => undefined));
    notifier.ready();
    await settle();
    for (let i = 0; i < 20; i++) {
      await clock.advance(1000);
      await settle();
    }
    expect(told).toEqual(['READY=1']);
  });

  it.each([{ WATCHDOG_USEC: '3000000', WATCHDOG_PID: '78' }, { WATCHDOG_USEC: '0' }, { WATCHDOG_USEC: 'soon' }, {}])('feed no watchdog that is not ours: %o', async (env) => {
    const { told, notifier, clock } = start({ ...SOCKET, ...env });
    notifier.ready();
    await settle();
    await clock.advance(60_000);
    await settle();
    expect(told).toEqual(['READY=1']);
  });
});
