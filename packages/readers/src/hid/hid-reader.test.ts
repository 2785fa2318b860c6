import { isTillbridgeError, silentLog, systemClock, type Clock, type Log, type LogFields, type Reader } from '@tillbridge/core';
import { RecordingSink } from '@tillbridge/testkit/suites';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Hotplug } from '../connection/arrival.js';
import type { LayoutName } from '../profiles/index.js';
import { createHidReader } from './hid-reader.js';
import type { HidReaderContext, HidReaderOptions } from './options.js';
import { HHP_DESCRIPTOR, KEYBOARD_DESCRIPTOR, NO_LENGTH_DESCRIPTOR, reportsOf, type SentRead } from './testing/reports.js';
import { SimulatedHid, type SimulatedDevice } from './testing/simulated-hid.js';

const patience = { timeout: 15_000, interval: 2 };

/** Time ten times as fast: for what waits for seconds. Everything here runs in one process, so that nothing can be left behind. */
const fast: Clock = { ...systemClock, mono: () => systemClock.mono() * 10, timer: (ms, fn, options) => systemClock.timer(ms / 10, fn, options) };

class Recorder implements Log {
  readonly lines: string[] = [];
  #add = (event: string, fields?: LogFields): void => {
    const error = fields?.['error'];
    this.lines.push(`${event} ${isTillbridgeError(error) ? error.code : ''}`.trim());
  };
  debug = this.#add;
  info = this.#add;
  warn = this.#add;
  error = this.#add;
  child = (): Log => this;
}

interface Bench {
  readonly device: SimulatedHid;
  readonly reader: Reader;
  readonly sink: RecordingSink;
  readonly log: Recorder;
  readonly send: (layout: LayoutName, read: SentRead) => void;
}

const releases: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const release of releases.splice(0).reverse()) await release();
});

function bench(device?: SimulatedDevice, options: Partial<HidReaderOptions> = {}, context: Partial<HidReaderContext> = {}): Bench {
  const hid = new SimulatedHid(device);
  const log = new Recorder();
  const { roots, path } = hid;
  const reader = createHidReader(
    { id: 'r', where: { path }, ...options },
    { clock: systemClock, log, roots, finder: 'sysfs', spawn: hid.spawn(context.clock === fast ? fast : systemClock), random: () => 0, ...context },
  );
  releases.push(() => hid.dispose(), () => reader.close());
  return { device: hid, reader, sink: new RecordingSink(), log, send: (layout, read) => reportsOf(layout, read).forEach((report) => hid.report(report)) };
}

async function ready(one: Bench): Promise<Bench> {
  await one.reader.open(one.sink, new AbortController().signal);
  expect(one.reader.state.status).toBe('ready');
  return one;
}

const text = (data: string): SentRead => ({ data: Buffer.from(data, 'latin1'), aim: ']E0', symbology: 0x64 });
const KEYBOARD_MODE: SimulatedDevice = { vid: '0c2e', pid: '0b61', descriptor: HHP_DESCRIPTOR };

describe('a read', () => {
  test('is settled, has no terminator, and its AIM id apart from its bytes', async () => {
    const { send, sink } = await ready(bench());
    send('hhp', text('4600000000001'));
    await sink.untilReads(1);
    expect(sink.reads[0]).toMatchObject({
      bytes: Uint8Array.from(Buffer.from('4600000000001')), terminator: new Uint8Array(0), silence: 'settled', silentBefore: true, aim: ']E0', symbology: 'ean13',
    });
  });

  test('GS1 Data Matrix: the vendor number says the family, the AIM id the form', async () => {
    const { send, sink } = await ready(bench());
    send('hhp', { data: Buffer.from('0104600000000000215\u001d93dGVz'), aim: ']d2', symbology: 0x77 });
    await sink.untilReads(1);
    expect(sink.reads[0]).toMatchObject({ aim: ']d2', symbology: 'gs1-datamatrix' });
    expect(sink.texts[0]).toBe('0104600000000000215\u001d93dGVz');
  });

  test.each([
    ['the descriptor alone', { vid: '1111', pid: '2222', descriptor: NO_LENGTH_DESCRIPTOR }, undefined],
    ['the profile, against a copied descriptor', { vid: '1eab', pid: '0c10', descriptor: HHP_DESCRIPTOR }, 'newland'],
    ['the look of the first report', { vid: '1111', pid: '2222' }, 'newland'],
  ] as const)('is understood by %s', async (_, device, layout) => {
    const { device: hid, sink, send } = await ready(bench(device));
    if (layout === undefined) hid.report(Uint8Array.from([2, ...Buffer.from(']C0ABC-1'), ...new Array<number>(52).fill(0)]));
    else send(layout, { data: Buffer.from('ABC-1') });
    await sink.untilReads(1);
    expect(sink.texts).toEqual(['ABC-1']);
  });

  test('is understood as the configuration says, whatever else is known', async () => {
    const { device, sink } = await ready(bench(undefined, { layout: { data: { offset: 3, count: 10 } } }));
    device.report(Uint8Array.from([9, 9, 9, 0x41, 0x42, 0, 0]));
    await sink.untilReads(1);
    expect(sink.texts).toEqual(['AB']);
  });

  test('of no known layout is counted and said once', async () => {
    const { device, sink, log } = await ready(bench({ vid: '1111', pid: '2222' }));
    for (let i = 0; i < 3; i += 1) device.report(new Uint8Array(64).fill(0xff));
    await vi.waitUntil(() => sink.count('dropped') === 3, patience);
    expect(log.lines.filter((line) => line.includes('TB_READER_HID_LAYOUT_UNKNOWN'))).toHaveLength(1);
  });

  test('that a second read tore off cannot be a loyalty code', async () => {
    const { send, sink } = await ready(bench(undefined, { flushMs: 5000 }));
    send('hhp', { data: Buffer.from('x'.repeat(56)), aim: ']Q1', alwaysMoreWhenFull: true });
    send('hhp', text('4600000000001'));
    await sink.untilReads(2);
    expect(sink.reads.map((read) => read.silentBefore)).toEqual([false, true]);
  });

  test('that a clone announces more of is over after flushMs', async () => {
    const { send, sink } = await ready(bench(undefined, { flushMs: 50 }));
    send('hhp', { data: Buffer.from('x'.repeat(56)), aim: ']Q1', alwaysMoreWhenFull: true });
    await sink.untilReads(1);
    expect(sink.reads[0]).toMatchObject({ silentBefore: true });
  });

  test('that lay in a queue for longer than two seconds is not handed on', async () => {
    let offset = 0;
    const late = { ...systemClock, wall: () => systemClock.wall() + offset };
    const { send, sink } = await ready(bench(undefined, {}, { clock: late }));
    offset = 2500;
    send('hhp', text('4600000000001'));
    await vi.waitUntil(() => sink.count('dropped') === 1, patience);
    offset = 0;
    send('hhp', text('4600000000002'));
    await sink.untilReads(1);
    expect(sink.texts).toEqual(['4600000000002']);
  });
});

describe('redirection', () => {
  test('a scanner in keyboard mode is told to report here with every connection, and given back on closing', async () => {
    const { device, reader, sink } = await ready(bench(KEYBOARD_MODE));
    await vi.waitUntil(() => device.story.includes('feature fe01'), patience);
    device.unplug();
    await sink.untilStatus('retrying');
    device.plug();
    await vi.waitUntil(() => device.story.filter((what) => what === 'feature fe01').length === 2, patience);
    await reader.close();
    expect(device.story.slice(-2)).toEqual(['feature fe00', 'close']);
  });

  test('one that only knows HID POS is told too, and given nothing back', async () => {
    const { device, reader, log } = bench();
    device.feature = 'fails';
    await reader.open(new RecordingSink(), new AbortController().signal);
    await vi.waitUntil(() => log.lines.includes('the scanner does not know the redirection'), patience);
    await reader.close();
    expect(device.story).toEqual(['open', 'feature fe01', 'close']);
  });

  test('a keyboard that refuses is said, with the way out', async () => {
    const { device, reader, log } = bench(KEYBOARD_MODE);
    device.feature = 'fails';
    await reader.open(new RecordingSink(), new AbortController().signal);
    await vi.waitUntil(() => log.lines.includes('the scanner could not be told to report here TB_READER_USB_KEYBOARD_MODE'), patience);
    expect(reader.state.status).toBe('ready');
  });

  test('off: nothing is sent', async () => {
    const { device, reader, send, sink } = await ready(bench(KEYBOARD_MODE, { redirect: 'off' }));
    send('hhp', text('4600000000001'));
    await sink.untilReads(1);
    await reader.close();
    expect(device.story).toEqual(['open', 'close']);
  });
});

describe('feedback', () => {
  test('beeps on a scanner whose beeps are documented', async () => {
    const { device, reader } = await ready(bench());
    expect(reader.capabilities.feedback).toBe(true);
    await reader.feedback('good');
    await reader.feedback('bad');
    await reader.feedback('none');
    expect(device.story.filter((what) => what.startsWith('write'))).toEqual(['write 0440', 'write 0420']);
  });

  test.each([
    ['layout B', { vid: '1eab', pid: '0c10' }],
    ['an unknown device, though its layout is A', { vid: '1111', pid: '2222', descriptor: HHP_DESCRIPTOR }],
    ['a vendor whose layout is assumed', { vid: '0536', pid: '0001', descriptor: HHP_DESCRIPTOR }],
  ])('never on %s', async (_, device) => {
    const { device: hid, reader } = await ready(bench(device));
    expect(reader.capabilities.feedback).toBe(false);
    await reader.feedback('good');
    expect(hid.story.some((what) => what.startsWith('write'))).toBe(false);
  });

  test('never where the configuration says another layout', async () => {
    const { device, reader } = await ready(bench(undefined, { layout: 'newland' }));
    await reader.feedback('good');
    expect(device.story.some((what) => what.startsWith('write'))).toBe(false);
  });

  test('a device that does not take it costs 300 ms once, and gets no queue', async () => {
    const { device, reader, send, sink } = await ready(bench());
    device.writing = 'never';
    await reader.feedback('good');
    await reader.feedback('bad');
    await reader.feedback('good');
    expect(device.story.filter((what) => what.startsWith('write'))).toEqual(['write 0440']);
    send('hhp', text('4600000000001'));
    await sink.untilReads(1);
  });
});

describe('the helper process', () => {
  test('killed: what it had sent is there once, the reader says so and reads on', async () => {
    const { device, sink, send } = await ready(bench());
    for (let i = 0; i < 20; i += 1) send('hhp', text(`46000000000${String(i).padStart(2, '0')}`));
    await sink.untilReads(20);
    device.killHost();
    await sink.untilStatus('retrying');
    await vi.waitUntil(() => sink.statuses.at(-1) === 'ready', patience);
    send('hhp', text('4600000000099'));
    await sink.untilReads(21);
    expect(new Set(sink.texts).size).toBe(21);
    expect(device.starts).toBe(2);
  });

  test('killed in the middle of a read: the half is counted', async () => {
    const { device, sink, send } = await ready(bench(undefined, { flushMs: 5000 }));
    device.report(reportsOf('hhp', { data: Buffer.from('y'.repeat(80)) })[0]!);
    await new Promise((resolve) => setTimeout(resolve, 20));
    device.killHost();
    await vi.waitUntil(() => sink.statuses.at(-1) === 'ready' && sink.statuses.includes('retrying'), patience);
    expect(sink.calls.find(({ call }) => call === 'dropped')).toEqual({ call: 'dropped', reason: 'unplugged', byteCount: 56 });
    send('hhp', text('4600000000001'));
    await sink.untilReads(1);
    expect(sink.texts).toEqual(['4600000000001']);
  });

  test('hanging in an open: is replaced, and the device opened by the next', async () => {
    const { device, reader, sink } = bench(undefined, {}, { clock: fast });
    device.opening = 'never';
    const opening = reader.open(sink, new AbortController().signal);
    await vi.waitUntil(() => device.starts === 2, patience);
    device.opening = 'ok';
    await opening;
    await vi.waitUntil(() => sink.statuses.at(-1) === 'ready', patience);
  });

  test('that does not let go of a device that is gone is replaced', async () => {
    const { device, sink } = await ready(bench(undefined, {}, { clock: fast }));
    device.closing = 'never';
    device.unplug();
    await vi.waitUntil(() => device.starts === 2, patience);
    device.closing = 'ok';
    device.plug();
    await vi.waitUntil(() => sink.statuses.at(-1) === 'ready', patience);
  });
});

describe('a device that cannot be read', () => {
  test.each([
    ['Permission denied', 'TB_READER_USB_NO_PERMISSION'],
    ['Device or resource busy', 'TB_READER_BUSY'],
    ['No such device', 'TB_READER_NOT_FOUND'],
    ['something else', 'TB_READER_OPEN_FAILED'],
  ])('%s is %s', async (problem, expected) => {
    const { device, reader, sink } = bench();
    device.opening = new Error(`cannot open device with path x: ${problem}`);
    await reader.open(sink, new AbortController().signal);
    expect(reader.state.reason?.code).toBe(expected);
    expect(reader.state.reason?.remedy('ru')).toMatch(/[а-я]/);
  });

  test('a keyboard is refused before it is opened', async () => {
    const { device, reader, sink } = bench({ vid: '1111', pid: '2222', descriptor: KEYBOARD_DESCRIPTOR });
    await reader.open(sink, new AbortController().signal);
    expect(reader.state.reason?.code).toBe('TB_READER_HID_KEYBOARD');
    expect(device.story).toEqual([]);
  });

  test.each([
    ['a plug that is told', true],
    ['looking again now and then', false],
  ])('found by the driver where there is no sysfs, and again by %s', async (_, told) => {
    let plugged: () => void = () => undefined;
    const hotplug: Hotplug = { changed: () => new Promise((resolve) => (plugged = resolve)) };
    const { device, sink, send } = await ready(bench(undefined, { where: { match: { vid: '0c2e' } } }, { finder: 'driver', clock: fast, ...(told ? { hotplug } : {}) }));
    device.unplug();
    await vi.waitUntil(() => sink.statuses.at(-1) === 'retrying', patience);
    device.plug();
    plugged();
    await vi.waitUntil(() => sink.statuses.at(-1) === 'ready', patience);
    send('hhp', text('4600000000001'));
    await sink.untilReads(1);
  });
});

test('values outside their ranges are refused', () => {
  const context = { clock: systemClock, log: silentLog };
  expect(() => createHidReader({ id: 'r', where: { path: 'x' }, flushMs: 10 }, context)).toThrow(RangeError);
  expect(() => createHidReader({ id: 'r', where: { path: 'x' }, maxBytes: 1 }, context)).toThrow(RangeError);
});
