import { compileOutput, instant, NativeNumber, silentLog, TillbridgeError, Withdrawal, type DeliveryRequest, type PartState } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPty } from '../pty/pty.js';
import type { PortTillOptions } from './options.js';
import { PortTill } from './port-adapter.js';
import { openError, openSerialLine, type PeerLines, type SerialLine } from './serial-line.js';

/** A serial port whose system calls answer when the test says so. */
class FakeLine implements SerialLine {
  isOpen = true;
  readonly written: string[] = [];
  hangs = false;
  drains = true;
  flushed = 0;
  lines: PeerLines | undefined = { dsr: true, cts: true };
  #down: ((error: Error | undefined) => void) | undefined;

  write(bytes: Uint8Array): Promise<void> {
    if (this.hangs) return new Promise(() => undefined);
    this.written.push(Buffer.from(bytes).toString('latin1'));
    return Promise.resolve();
  }

  drain(): Promise<void> {
    return this.drains ? Promise.resolve() : new Promise(() => undefined);
  }

  async flush(): Promise<void> {
    this.flushed += 1;
  }

  peer(): Promise<PeerLines> {
    return this.lines === undefined ? Promise.reject(new Error('not for this device')) : Promise.resolve(this.lines);
  }

  async close(): Promise<void> {
    this.isOpen = false;
  }

  onDown(down: (error: Error | undefined) => void): void {
    this.#down = down;
  }

  unplug(): void {
    this.isOpen = false;
    this.#down?.(new Error('disconnected'));
  }
}

const never = new AbortController().signal;
let clock: VirtualClock;
let opened: FakeLine[];
let missing: boolean;
let adapter: PortTill;
let states: PartState[];
let dropped: [number, string][];

async function start(options: Partial<PortTillOptions> = {}): Promise<void> {
  const opener = async (): Promise<SerialLine> => {
    if (missing) throw new TillbridgeError('TB_TILL_PORT_NOT_FOUND', { path: 'COM7' });
    opened.push(new FakeLine());
    return opened.at(-1)!;
  };
  adapter = new PortTill({ id: 'front', transport: 'port', path: 'COM7', output: compileOutput({}), ...options }, { clock, log: silentLog }, opener);
  const inbound = { state: (state: PartState) => void states.push(state), goodsDropped: (reads: number, reason: string) => void dropped.push([reads, reason]), order: () => undefined };
  await adapter.open(inbound, never);
}

const goods = (code: string): void =>
  adapter.goods({ reader: 'r', bytes: Buffer.from(code), terminator: Buffer.from('\r'), withSuffix: false, at: instant(clock) });

const request = (over: Partial<DeliveryRequest> = {}): DeliveryRequest => ({
  id: 'd',
  scanId: 's',
  till: 'front',
  number: new NativeNumber('card', '2912345678901'),
  at: instant(clock),
  expired: () => false,
  ...over,
});

beforeEach(() => {
  clock = new VirtualClock();
  opened = [];
  missing = false;
  states = [];
  dropped = [];
});
afterEach(async () => {
  await adapter.close();
});

describe('a port till', () => {
  it('writes goods in the same call when the port is free, in order when it is not', async () => {
    await start();
    goods('one');
    expect(opened[0]?.written).toEqual(['one\r']);
    goods('two');
    goods('three');
    await clock.settle();
    expect(opened[0]?.written).toEqual(['one\r', 'two\r', 'three\r']);
  });

  it('keeps goods for a port that is away at most backlogMs, and opens a new port object for each connection', async () => {
    await start({ backlogMs: 1000 });
    opened[0]?.unplug();
    missing = true;
    await clock.settle();
    expect(adapter.state).toMatchObject({ status: 'retrying' });
    goods('old');
    expect(await adapter.deliver(request(), never)).toEqual({ outcome: 'rejected', reason: 'portNotOpen' });
    await clock.advance(1100);
    expect(dropped).toEqual([[1, 'portNotOpen']]);
    missing = false;
    for (let tries = 0; opened.length < 2 && tries < 100; tries += 1) await clock.advance(100);
    goods('new');
    await clock.settle();
    expect(opened).toHaveLength(2);
    expect(opened.map((line) => line.written)).toEqual([[], ['new\r']]);
    expect(adapter.state.status).toBe('ready');
  });

  it('a write that hangs costs its time budget, is never repeated, and the connection is replaced', async () => {
    await start({ writeTimeoutMs: 300 });
    opened[0]!.hangs = true;
    const result = adapter.deliver(request(), never);
    await clock.settle();
    goods('behind');
    await clock.advance(299);
    expect(opened).toHaveLength(1);
    await clock.advance(1000);
    expect(await result).toEqual({ outcome: 'unknown', reason: 'writeFailed' });
    expect(opened).toHaveLength(2);
    expect(opened[1]?.written).toEqual(['behind\r']);
  });

  it('under flow control a number does not leave late', async () => {
    await start();
    opened[0]!.drains = false;
    const controller = new AbortController();
    const result = adapter.deliver(request(), controller.signal);
    await clock.advance(50);
    controller.abort(new Withdrawal('expired'));
    expect(await result).toEqual({ outcome: 'unknown', reason: 'notDrained' });
    expect(opened[0]?.flushed).toBe(1);
  });

  it.each(['dsr', 'cts'] as const)('requirePeer %s: no number without it', async (line) => {
    await start({ requirePeer: line });
    for (const lines of [{ dsr: line !== 'dsr', cts: line !== 'cts' }, undefined]) {
      opened[0]!.lines = lines;
      expect(await adapter.deliver(request(), never)).toEqual({ outcome: 'rejected', reason: 'peerNotReady' });
    }
    expect(opened[0]?.written).toEqual([]);
    opened[0]!.lines = { dsr: line === 'dsr', cts: line === 'cts' };
    expect(await adapter.deliver(request(), never)).toEqual({ outcome: 'sent' });
    expect((await adapter.probe()).map((row) => row.level)).toEqual(['ok', 'ok']);
  });

  it('keeps gapMs of silence on both sides of a number', async () => {
    await start({ gapMs: 100 });
    goods('before');
    const result = adapter.deliver(request(), never);
    await clock.advance(90);
    expect(opened[0]?.written).toEqual(['before\r']);
    await clock.advance(30);
    expect(await result).toEqual({ outcome: 'sent' });
    goods('after');
    await clock.advance(70);
    expect(opened[0]?.written).toHaveLength(2);
    await clock.advance(40);
    expect(opened[0]?.written).toEqual(['before\r', '2912345678901\r', 'after\r']);
  });

  it('a port that is not there at the start is retried with growing pauses', async () => {
    missing = true;
    await start();
    expect(adapter.state.reason?.code).toBe('TB_TILL_PORT_NOT_FOUND');
    await clock.advance(60_000);
    missing = false;
    await clock.advance(13_000);
    expect(adapter.state.status).toBe('ready');
  });
});

describe('serialport', () => {
  it.each([
    ['Error: No such file or directory, cannot open /dev/ttyUSB9', 'TB_TILL_PORT_NOT_FOUND'],
    ['Opening COM9: File not found', 'TB_TILL_PORT_NOT_FOUND'],
    ['Error Resource temporarily unavailable Cannot lock port', 'TB_TILL_PORT_BUSY'],
    ['Opening COM3: Access denied', 'TB_TILL_PORT_BUSY'],
    ['Error: Permission denied, cannot open /dev/ttyS0', 'TB_TILL_PORT_DENIED'],
    ['Opening COM3: Unknown error code 31', 'TB_TILL_PORT_FAILED'],
  ])('%s is %s', (text, code) => {
    expect(openError('X', new Error(text)).code).toBe(code);
  });

  it('really opens, refuses a second owner and reports a missing port', async () => {
    adapter = new PortTill({ id: 'x', transport: 'port', path: '/nonexistent', output: compileOutput({}) }, { clock, log: silentLog });
    const options = (path: string): PortTillOptions => ({ id: 'front', transport: 'port', path, output: compileOutput({}) });
    await expect(openSerialLine(options('/nonexistent/tty'))).rejects.toMatchObject({ code: 'TB_TILL_PORT_NOT_FOUND' });
    if (process.platform !== 'linux') return;
    const cable = await openPty();
    const line = await openSerialLine(options(cable.path));
    await expect(openSerialLine(options(cable.path))).rejects.toMatchObject({ code: 'TB_TILL_PORT_BUSY' });
    await line.write(Buffer.from('over the cable\r'));
    await line.drain();
    expect(Buffer.from(cable.read()).toString()).toBe('over the cable\r');
    const down = new Promise((resolve) => line.onDown(resolve));
    cable.close();
    await down;
    await line.close();
  });
});
