import { VirtualClock } from '@tillbridge/testkit';
import { describe, expect, test } from 'vitest';
import { DriverError, type HidBinding, type HidHandle } from './binding.js';
import { FloodGate } from './flood-gate.js';
import { HidHost } from './hid-host.js';
import type { HidCommand, HidReport } from './protocol.js';

const never = (): Promise<never> => new Promise(() => undefined);
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

class Bench {
  readonly clock = new VirtualClock();
  readonly sent: HidReport[] = [];
  readonly story: string[] = [];
  report: (data: Uint8Array) => void = () => undefined;
  error: (problem: string) => void = () => undefined;
  port = { send: (report: HidReport): void => void this.sent.push(report), pending: 0 };
  handle: HidHandle = {
    listen: (report, error) => {
      this.story.push('listen');
      this.report = report;
      this.error = error;
    },
    write: async (data) => void this.story.push(`write ${Buffer.from(data).toString('hex')}`),
    sendFeature: async (data) => void this.story.push(`feature ${Buffer.from(data).toString('hex')}`),
    close: async () => void this.story.push('close'),
  };
  binding: HidBinding = { list: async () => [], open: async () => this.handle };
  #host: HidHost | undefined;

  get host(): HidHost {
    return (this.#host ??= new HidHost(this.binding, this.port, this.clock));
  }
  async do(command: HidCommand): Promise<this> {
    this.host.command(command);
    await this.clock.settle();
    return this;
  }
  open(connection = 1, more: Partial<HidCommand & { kind: 'open' }> = {}): Promise<this> {
    return this.do({ kind: 'open', connection, path: '/dev/hidraw0', onOpen: [], onClose: [], ...more });
  }
  kinds(): string[] {
    return this.sent.map(({ kind }) => kind);
  }
}

describe('the helper of the hid reader', () => {
  test('hands reports on with numbers that count up, those of one turn together', async () => {
    const bench = await new Bench().open();
    expect(bench.sent).toEqual([{ kind: 'opened', connection: 1 }]);
    bench.report(bytes(2, 1));
    bench.report(bytes(2, 2));
    await bench.clock.advance(0);
    bench.report(bytes(2, 3));
    await bench.clock.advance(0);
    const wall = bench.clock.wall();
    expect(bench.sent.slice(1)).toEqual([
      { kind: 'reports', connection: 1, seq: 0, reports: [{ bytes: bytes(2, 1), wall }, { bytes: bytes(2, 2), wall }] },
      { kind: 'reports', connection: 1, seq: 2, reports: [{ bytes: bytes(2, 3), wall }] },
    ]);
  });

  test('attaches its listeners in the turn in which the device opened, before anything is written', async () => {
    const bench = await new Bench().open(1, { onOpen: [bytes(0xfe, 1)], onClose: [bytes(0xfe, 0)] });
    await bench.do({ kind: 'close', connection: 1 });
    expect(bench.story).toEqual(['listen', 'feature fe01', 'feature fe00', 'close']);
    expect(bench.kinds()).toEqual(['opened', 'closed']);
  });

  test('a report is copied: the driver may use its buffer again', async () => {
    const bench = await new Bench().open();
    const buffer = bytes(2, 7);
    bench.report(buffer);
    buffer[1] = 9;
    await bench.clock.advance(0);
    expect(bench.sent[1]).toMatchObject({ reports: [{ bytes: bytes(2, 7) }] });
  });

  test('what was read before the device went is sent before its end; a gone device gets no last words', async () => {
    const bench = await new Bench().open(1, { onClose: [bytes(0xfe, 0)] });
    bench.report(bytes(2, 1));
    bench.error('device disconnected');
    bench.error('again');
    bench.report(bytes(2, 2));
    await bench.clock.settle();
    expect(bench.kinds()).toEqual(['opened', 'reports', 'ended']);
    expect(bench.story).toEqual(['listen', 'close']);
  });

  test.each(['fails', 'never'] as const)('a feature request that %s costs its budget and nothing else', async (how) => {
    const bench = new Bench();
    bench.handle = { ...bench.handle, sendFeature: how === 'never' ? never : () => Promise.reject(new Error('stall')) };
    await bench.open(1, { onOpen: [bytes(0xfe, 1)], onClose: [bytes(0xfe, 0)] });
    expect(bench.kinds()[0]).toBe('opened');
    bench.report(bytes(2, 1));
    await bench.clock.advance(how === 'never' ? 2000 : 0);
    expect(bench.kinds()).toContain('reports');
    expect(bench.kinds()).toContain('featureFailed');
    await bench.do({ kind: 'close', connection: 1 });
    await bench.clock.advance(how === 'never' ? 300 : 0);
    expect(bench.kinds().at(-1)).toBe('closed');
  });

  test('a driver that does not let go is told of', async () => {
    const bench = new Bench();
    bench.handle = { ...bench.handle, close: never };
    await bench.open();
    bench.error('gone');
    await bench.clock.advance(3000);
    expect(bench.kinds()).toEqual(['opened', 'ended', 'stuck']);
  });

  test('an open that comes late, for a connection that is wanted no more, is closed again', async () => {
    const bench = new Bench();
    let opened: (handle: HidHandle) => void = () => undefined;
    bench.binding = { ...bench.binding, open: () => new Promise((resolve) => (opened = resolve)) };
    await bench.open();
    await bench.do({ kind: 'close', connection: 1 });
    opened(bench.handle);
    await bench.clock.settle();
    expect(bench.kinds()).toEqual(['closed']);
    expect(bench.story).toEqual(['listen', 'close']);
  });

  test('opening again closes what was open', async () => {
    const bench = await new Bench().open(1);
    const first = bench.report;
    await bench.open(2);
    first(bytes(2, 1));
    bench.report(bytes(2, 2));
    await bench.clock.advance(0);
    expect(bench.sent.at(-1)).toMatchObject({ kind: 'reports', connection: 2, seq: 0 });
    expect(bench.story).toEqual(['listen', 'close', 'listen']);
  });

  test('says why it could not open, and that there is no driver', async () => {
    const bench = new Bench();
    bench.binding = { ...bench.binding, open: () => Promise.reject(new Error('cannot open device with path /dev/hidraw0: Permission denied')) };
    await bench.open();
    expect(bench.sent).toEqual([{ kind: 'failed', connection: 1, problem: 'cannot open device with path /dev/hidraw0: Permission denied' }]);
    const bare = new Bench();
    bare.binding = { ...bare.binding, open: () => Promise.reject(new DriverError('notInstalled', 'no package')) };
    await bare.open();
    expect(bare.sent).toEqual([{ kind: 'failed', connection: 1, problem: 'no package', driver: 'notInstalled' }]);
  });

  test('writes to the connection that was meant only', async () => {
    const bench = await new Bench().open(1);
    await bench.do({ kind: 'write', id: 5, connection: 1, bytes: bytes(4, 0x40) });
    await bench.do({ kind: 'write', id: 6, connection: 7, bytes: bytes(4, 0x20) });
    expect(bench.story).toEqual(['listen', 'write 0440']);
    expect(bench.sent.slice(1)).toMatchObject([{ kind: 'written', id: 5 }, { kind: 'failed', id: 6 }]);
  });

  test('lists never side by side', async () => {
    const bench = new Bench();
    let running = 0;
    const answers: (() => void)[] = [];
    bench.binding = {
      ...bench.binding,
      list: async (vid) => {
        running += 1;
        expect(running).toBe(1);
        await new Promise<void>((resolve) => answers.push(resolve));
        running -= 1;
        return [{ path: `p${String(vid)}`, vid: vid ?? 0, pid: 1 }];
      },
    };
    await bench.do({ kind: 'list', id: 1, vids: [0x0c2e, 0x1eab] });
    await bench.do({ kind: 'list', id: 2, vids: [] });
    for (let round = 0; round < 3; round += 1) {
      answers.shift()!();
      await bench.clock.settle();
    }
    expect(bench.sent).toMatchObject([{ kind: 'listed', id: 1, devices: [{ path: 'p3118' }, { path: 'p7851' }] }, { kind: 'listed', id: 2 }]);
  });

  test('a flood passes as far as a scanner could send, the rest is counted', async () => {
    const bench = await new Bench().open();
    for (let i = 0; i < 10_000; i += 1) bench.report(bytes(2, 1));
    await bench.clock.advance(1000);
    const passed = bench.sent.reduce((sum, one) => sum + (one.kind === 'reports' ? one.reports.length : 0), 0);
    expect(passed).toBe(2000);
    expect(bench.sent.at(-1)).toEqual({ kind: 'flooded', connection: 1, byteCount: 16_000 });
    expect(Math.max(...bench.sent.map((one) => (one.kind === 'reports' ? one.reports.length : 0)))).toBeLessThanOrEqual(64);
  });

  test('a parent that takes nothing grows no queue', async () => {
    const bench = await new Bench().open();
    bench.port.pending = 256;
    bench.report(bytes(2, 1, 2));
    await bench.clock.advance(1000);
    expect(bench.kinds()).toEqual(['opened', 'flooded']);
  });

  test('reports of every length from 0 to 512 are handed on as they are', async () => {
    const bench = await new Bench().open();
    for (let size = 0; size <= 512; size += 1) bench.report(new Uint8Array(size).fill(7));
    await bench.clock.advance(0);
    const sizes = bench.sent.flatMap((one) => (one.kind === 'reports' ? one.reports.map((report) => report.bytes.length) : []));
    expect(sizes).toEqual(Array.from({ length: 513 }, (_, size) => size));
  });

  test('ends in order', async () => {
    const bench = await new Bench().open(1, { onClose: [bytes(0xfe, 0)] });
    await bench.host.close();
    expect(bench.story).toEqual(['listen', 'feature fe00', 'close']);
    expect(bench.clock.pending).toBe(0);
  });
});

test('the gate lets 1000 reports a second through for ever', () => {
  const gate = new FloodGate(0);
  for (let now = 0; now < 20_000; now += 1) expect(gate.pass(now)).toBe(true);
  const jammed = new FloodGate(0);
  let passed = 0;
  for (let now = 0; now < 10_000; now += 1) for (let i = 0; i < 8; i += 1) if (jammed.pass(now)) passed += 1;
  expect(passed).toBeLessThanOrEqual(12_000);
  expect(passed).toBeGreaterThan(11_000);
});
