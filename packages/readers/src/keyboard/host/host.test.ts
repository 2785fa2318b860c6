import { VirtualClock } from '@tillbridge/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HostedPart } from '@tillbridge/child-host';
import type { KeyNews } from '../collect/key-collector.js';
import { SimulatedKeyboard } from '../testing/simulated-keyboard.js';
import { keyboardHost } from './host.js';
import type { HostCommand, HostReport } from './protocol.js';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('the process that holds the keyboard', () => {
  let device: SimulatedKeyboard;
  let clock: VirtualClock;
  let reports: HostReport[];
  let port: { send(report: HostReport): void; pending: number };
  let host: HostedPart<HostCommand>;
  const open = async (attempt: number): Promise<void> => {
    host.command({ kind: 'open', attempt, target: { access: 'evdev', path: device.path } });
    await clock.advance(100);
  };
  const kinds = (): readonly string[] => reports.map(({ kind, attempt }) => `${kind} ${String(attempt)}`);
  const news = (): readonly KeyNews[] => reports.flatMap((report) => (report.kind === 'keys' ? report.news : []));

  beforeEach(() => {
    device = new SimulatedKeyboard();
    clock = new VirtualClock();
    reports = [];
    port = { send: (report) => void reports.push(report), pending: 0 };
    host = keyboardHost({ clock, evdev: () => Promise.resolve(device.binding), claim: () => Promise.reject(new Error('no USB here')) }, port);
  });
  afterEach(async () => {
    await host.close();
    device.dispose();
  });

  test('opens, tells keys in numbered reports, closes', async () => {
    await open(1);
    device.send(bytes('4'));
    device.send(bytes('6'));
    host.command({ kind: 'close', attempt: 1 });
    await clock.settle();
    expect(kinds()).toEqual(['opened 1', 'keys 1', 'keys 1', 'closed 1']);
    expect(reports.flatMap((report) => (report.kind === 'keys' ? [report.seq] : []))).toEqual([0, 1]);
    expect(device.openCount).toBe(0);
    device.send(bytes('7'));
    expect(kinds()).toHaveLength(4);
  });

  test('lets go of one keyboard before it takes the next; an attempt that was given up says nothing more', async () => {
    host.command({ kind: 'open', attempt: 1, target: { access: 'evdev', path: device.path } });
    host.command({ kind: 'open', attempt: 2, target: { access: 'evdev', path: device.path } });
    await clock.advance(200);
    expect(kinds()).toEqual(['opened 2']);
    expect(device.openCount).toBe(1);
    await open(3);
    expect(kinds()).toEqual(['opened 2', 'opened 3']);
    expect(device.openCount).toBe(1);
  });

  test('waits for silence, but not for ever', async () => {
    device.send(bytes('4'));
    host.command({ kind: 'open', attempt: 1, target: { access: 'evdev', path: device.path } });
    for (let i = 0; i < 30; i += 1) {
      await clock.advance(50);
      device.send(bytes('4'));
    }
    expect(device.grabbed).toBe(false);
    for (let i = 0; i < 15; i += 1) {
      await clock.advance(50);
      device.send(bytes('4'));
    }
    expect(device.grabbed).toBe(true);
    // what was being typed at that moment is half a read
    expect(news()[0]).toEqual({ lost: true, down: [] });
  });

  test('a parent that does not keep up: keys are left out, and it is told so as soon as it can hear', async () => {
    await open(1);
    device.send(bytes('1'));
    port.pending = 300;
    device.send(bytes('2'));
    device.send(bytes('3'));
    await clock.advance(1000);
    expect(news()).toHaveLength(2);
    port.pending = 0;
    await clock.advance(50);
    expect(news().at(-1)).toEqual({ lost: true, down: [] });
    device.send(bytes('4'));
    expect(news()).toHaveLength(5);
  });

  test('a signal that is missed costs a second', async () => {
    await open(1);
    device.quiet = true;
    device.send(bytes('4'));
    expect(news()).toEqual([]);
    await clock.advance(1000);
    expect(news()).toHaveLength(2);
  });

  test('a device that floods is read in turns', async () => {
    await open(1);
    device.quiet = true;
    for (let i = 0; i < 100; i += 1) device.send(bytes('4'));
    device.quiet = false;
    device.send(bytes('5'));
    const first = news().length;
    expect(first).toBeLessThan(202);
    await clock.advance(10);
    expect(news()).toHaveLength(202);
  });

  test('it goes while it is being opened', async () => {
    host.command({ kind: 'open', attempt: 1, target: { access: 'evdev', path: device.path } });
    await clock.advance(20);
    device.unplug();
    await clock.advance(100);
    expect(reports).toMatchObject([{ kind: 'failed', failure: 'missing' }]);
    expect(device.openCount).toBe(0);
  });

  test('it goes later: told once', async () => {
    await open(1);
    device.send(bytes('4'));
    device.unplug();
    await clock.advance(3000);
    expect(kinds()).toEqual(['opened 1', 'keys 1', 'gone 1']);
    expect(device.openCount).toBe(0);
  });

  test('a claim that fails without a code', async () => {
    host.command({ kind: 'open', attempt: 1, target: { access: 'usb', path: 'x', name: '1-1:1.0', bus: 1, address: 2, interface: 0 } });
    await clock.settle();
    expect(reports).toEqual([{ kind: 'failed', attempt: 1, failure: 'other', problem: 'no USB here' }]);
  });
});
