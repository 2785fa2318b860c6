import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPty, type Pty } from '@tillbridge/adapter-device';
import { silentLog, systemClock, type Clock, type Reader } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { RecordingSink } from '@tillbridge/testkit/suites';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { waitFor } from '../../../../test/support/wait-for.js';
import type { SerialReaderContext, SerialReaderOptions } from './options.js';
import { createSerialReader } from './serial-reader.js';

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

describe.runIf(process.platform === 'linux')('serial reader', () => {
  let folder: string;
  let sink: RecordingSink;
  const opened: (Reader | Pty)[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tillbridge-serial-'));
    sink = new RecordingSink();
  });
  afterEach(async () => {
    for (const each of opened.splice(0).reverse()) await each.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const pty = async (name = 'scanner'): Promise<Pty> => {
    const made = await openPty({ link: join(folder, name) });
    opened.push(made);
    return made;
  };
  const reader = (options: Partial<SerialReaderOptions>, context: Partial<SerialReaderContext> = {}): Reader => {
    const made = createSerialReader({ id: 'counter', where: { path: join(folder, 'scanner') }, ...options }, { clock: systemClock, log: silentLog, ...context });
    opened.push(made);
    return made;
  };
  const open = async (made: Reader, into = sink): Promise<Reader> => {
    await made.open(into, new AbortController().signal);
    return made;
  };

  describe('what stands in its way', () => {
    const reasonFor = async (options: Partial<SerialReaderOptions>, context: Partial<SerialReaderContext> = {}): Promise<string | undefined> => {
      const made = await open(reader(options, context));
      expect(made.state.status).toBe('retrying');
      return made.state.reason?.code;
    };

    test('missing', async () => {
      expect(await reasonFor({ where: { path: join(folder, 'nowhere') } })).toBe('TB_READER_NOT_FOUND');
    });

    test('busy: another program holds the lock; read as soon as it lets go', async () => {
      const port = await pty();
      const first = await open(reader({ id: 'first' }), new RecordingSink());
      expect(await reasonFor({})).toBe('TB_READER_BUSY');
      await first.close();
      await sink.untilStatus('ready');
      port.write(bytes('A\r'));
      await sink.untilReads(1);
    });

    test.each(['/dev/null', tmpdir(), '/etc/passwd'])('not a serial port: %s', async (path) => {
      expect(await reasonFor({ where: { path } })).toBe('TB_READER_NOT_SERIAL');
    });

    test.skipIf(process.getuid?.() === 0)('no permission', async () => {
      const port = await pty();
      chmodSync(port.path, 0);
      expect(await reasonFor({})).toBe('TB_READER_NO_PERMISSION');
    });

    test('settings that the system does not know: open rejects, no retry', async () => {
      await pty();
      const made = reader({ parity: 'mark' });
      await expect(open(made)).rejects.toMatchObject({ code: 'TB_READER_SETTINGS' });
      expect(made.state.status).toBe('failed');
      await made.close();
      expect(made.state.status).toBe('closed');
    });

    test('auto and match without a device, and with several', async () => {
      const roots = { sys: join(folder, 'sys'), dev: join(folder, 'dev'), proc: '/proc' };
      expect(await reasonFor({ where: { auto: true } }, { roots })).toBe('TB_READER_AUTO_NONE');
      expect(await reasonFor({ where: { match: { vid: '1eab' } } }, { roots })).toBe('TB_READER_NO_MATCH');
      expect(await reasonFor({ where: { match: {} } }, { roots })).toBe('TB_READER_NO_MATCH');
      plugIn('ttyACM0', '1eab', '0c06');
      plugIn('ttyACM1', '0c2e', '0b6a');
      expect(await reasonFor({ where: { auto: true } }, { roots })).toBe('TB_READER_AUTO_SEVERAL');
      plugIn('ttyACM2', '1eab', '0c06');
      expect(await reasonFor({ where: { match: { vid: '0x1EAB' } } }, { roots })).toBe('TB_READER_MATCH_SEVERAL');
    });
  });

  /** A made-up sysfs entry of a USB serial device. */
  const plugIn = (name: string, vid: string, pid: string, serial?: string): void => {
    const device = join(folder, 'sys/devices/usb1', name);
    mkdirSync(join(device, 'interface0'), { recursive: true });
    writeFileSync(join(device, 'idVendor'), `${vid}\n`);
    writeFileSync(join(device, 'idProduct'), `${pid}\n`);
    if (serial !== undefined) writeFileSync(join(device, 'serial'), `${serial}\n`);
    mkdirSync(join(folder, 'sys/class/tty', name), { recursive: true });
    symlinkSync(join(device, 'interface0'), join(folder, 'sys/class/tty', name, 'device'));
  };
  const pullOut = (name: string): void => rmSync(join(folder, 'sys/class/tty', name), { recursive: true });

  describe('which device', () => {
    const whole = { match: { vid: '1EAB', pid: '0x0c06', serial: 'N1' } } as const;

    test.each([{ where: whole }, { where: { auto: true } } as const])('$where: found again under another name', async ({ where }) => {
      mkdirSync(join(folder, 'dev'));
      const roots = { sys: join(folder, 'sys'), dev: join(folder, 'dev'), proc: '/proc' };
      plugIn('ttyUSB7', '1a86', '7523', 'N1');
      plugIn('ttyACM0', '1eab', '0c06', 'N1');
      const before = await pty('dev/ttyACM0');
      await open(reader({ where }, { roots }));
      before.write(bytes('A\r'));
      await sink.untilReads(1);
      pullOut('ttyACM0');
      before.close();
      await sink.untilStatus('retrying');
      plugIn('ttyACM3', '1eab', '0c06', 'N1');
      const after = await pty('dev/ttyACM3');
      await sink.untilStatus('ready');
      after.write(bytes('B\r'));
      await sink.untilReads(2);
      expect(sink.texts).toEqual(['A', 'B']);
    });

    test('a path that leads to another device is followed', async () => {
      const before = await pty('one');
      const after = await pty('two');
      symlinkSync(before.path, join(folder, 'scanner'));
      await open(reader({}));
      rmSync(join(folder, 'scanner'));
      symlinkSync(after.path, join(folder, 'scanner'));
      await sink.untilStatus('retrying');
      await sink.untilStatus('ready');
      after.write(bytes('B\r'));
      await sink.untilReads(1);
    });
  });

  test('a link left over from a PTY that has ended is not followed to whoever got its number', async () => {
    const ours = await pty('ours');
    symlinkSync(ours.path, join(folder, 'scanner'));
    const clock = new VirtualClock();
    await open(reader({}, { clock }));
    ours.close();
    // the reader's own end is closed by then: the number is free, and nothing is tried before time goes on
    await sink.untilStatus('retrying');
    const strangers: Pty[] = [];
    // the kernel gives out the lowest number that is free: nearly always the same one
    do strangers.push(await pty(`stranger${String(strangers.length)}`));
    while (strangers.at(-1)?.path !== ours.path && strangers.length < 8);
    await clock.advance(60_000);
    await sink.until('an attempt', () => sink.calls.some((call) => call.call === 'state' && call.state.reason?.code === 'TB_READER_NOT_FOUND'));
    expect(sink.statuses.filter((status) => status === 'ready')).toHaveLength(1);
    // made anew it means what it says
    const next = strangers.at(-1)!;
    rmSync(join(folder, 'scanner'));
    symlinkSync(next.path, join(folder, 'scanner'));
    await clock.advance(60_000);
    await sink.untilStatus('ready');
    next.write(bytes('A\r'));
    await sink.untilReads(1);
  });

  describe('a hang-up in the middle of data', () => {
    const hangUp = async (): Promise<void> => {
      const port = await pty();
      await sink.untilStatus('ready');
      const before = sink.reads.length;
      for (let round = 0; round < 20; round += 1) port.write(bytes(`4600000000${String(round)}\r`.repeat(20)));
      await sink.untilReads(before + 1);
      port.write(bytes('half'));
      port.close();
    };
    /** Milliseconds of processor time since the call. */
    const processorTime = (): (() => number) => {
      const start = process.cpuUsage();
      return () => {
        const { user, system } = process.cpuUsage(start);
        return (user + system) / 1000;
      };
    };

    test('is told by the tty itself, five times, and leaves nothing behind', async () => {
      // on a clock on which nobody looks whether the path is there still (every 2 s)
      const clock: Clock = { ...systemClock, timer: (ms, fn, options) => (ms === 2000 ? () => undefined : systemClock.timer(ms, fn, options)) };
      await open(reader({}, { clock }));
      await hangUp();
      await sink.untilStatus('retrying');
      const descriptors = readdirSync('/proc/self/fd').length;
      const [used, memory] = [processorTime(), process.memoryUsage().rss];
      for (let round = 0; round < 5; round += 1) {
        await hangUp();
        await sink.untilStatus('retrying');
      }
      // half a second passes until the reader is connected again: what spins meanwhile takes all of it
      expect(used() / 5).toBeLessThan(250);
      expect(process.memoryUsage().rss - memory).toBeLessThan(50 * 1024 * 1024);
      await sink.until('its descriptors to be closed', () => readdirSync('/proc/self/fd').length <= descriptors);
    });

    test('serialport’s own stream, which may spin, is closed when the path is seen to be gone', async () => {
      // the look comes after 0.2 s instead of 2 s
      const clock: Clock = { ...systemClock, timer: (ms, fn, options) => systemClock.timer(ms === 2000 ? 200 : ms, fn, options) };
      await open(reader({}, { transport: 'stream', clock }));
      await hangUp();
      await sink.untilStatus('retrying');
      const used = processorTime();
      await hangUp();
      await sink.untilStatus('retrying');
      await pty();
      await sink.untilStatus('ready');
      expect(used()).toBeLessThan(800);
    });
  });

  test('closing gives every descriptor and the lock back', async () => {
    await pty();
    const made = await open(reader({}));
    const ttys = (): number => readdirSync('/proc/self/fd').filter((fd) => leadsTo(fd).includes('/dev/pts/')).length;
    const while_open = ttys();
    await made.close();
    expect(while_open - ttys()).toBe(2);
    await open(reader({}));
    expect(sink.statuses.at(-1)).toBe('ready');
  });

  describe('feedback', () => {
    const feedback = { good: bytes('\u0007'), bad: bytes('F') };

    test('sends what the profile says, nothing without one', async () => {
      const port = await pty();
      const made = await open(reader({ feedback }));
      expect(made.capabilities.feedback).toBe(true);
      await made.feedback('good');
      await made.feedback('none');
      await made.feedback('bad');
      // the kernel hands over what was written in its own time
      let got = '';
      await waitFor('both', () => (got += Buffer.from(port.read()).toString('latin1')).length >= 2);
      expect(got).toBe('\u0007F');
      expect(reader({}).capabilities.feedback).toBe(false);
    });

    test('a device that does not take it costs 300 ms and a new connection', async () => {
      await pty();
      const made = await open(reader({ feedback: { good: new Uint8Array(64).fill(7) } }));
      let slowest = 0;
      for (let count = 0; count < 4096 && slowest < 250; count += 1) {
        const start = performance.now();
        await made.feedback('good');
        slowest = Math.max(slowest, performance.now() - start);
      }
      expect(slowest).toBeGreaterThan(250);
      await sink.untilStatus('ready');
      expect(sink.statuses).toContain('retrying');
    });
  });

  test('framing: readline', async () => {
    const port = await pty();
    await open(reader({ framing: 'readline' }));
    port.write(bytes('OK\t1\r2\nhalf'));
    await sink.untilReads(1);
    expect(sink.texts).toEqual(['OK\t1\r2']);
  });

  test('framing values out of range are refused when it is made', () => {
    expect(() => reader({ framing: { maxBytes: 0 } })).toThrow(RangeError);
  });
});

function leadsTo(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return '';
  }
}
