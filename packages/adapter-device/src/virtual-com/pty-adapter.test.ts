import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileOutput, instant, NativeNumber, silentLog, Withdrawal, type Adapter, type DeliveryRequest, type GoodsRead, type PartState } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakePty } from '../testing/fake-pty.js';
import { TillProgram } from '../testing/till-program.js';
import type { PtyTillOptions } from './options.js';
import { PtyTill } from './pty-adapter.js';

// A real PTY and a program that reads it; only time is ours.
const never = new AbortController().signal;
let clock: VirtualClock;
let folder: string;
let link: string;
let program: TillProgram;
let adapter: Adapter;
let states: PartState[];
let dropped: [number, string][];

async function start(options: Partial<PtyTillOptions> = {}): Promise<void> {
  adapter = new PtyTill({ id: 'front', transport: 'pty', link, output: compileOutput({}), ...options }, { clock, log: silentLog });
  await adapter.open({ state: (state) => states.push(state), goodsDropped: (reads, reason) => dropped.push([reads, reason]), order: () => undefined }, never);
}

const goods = (code: string, over: Partial<GoodsRead> = {}): void =>
  adapter.goods?.({ reader: 'r', bytes: Buffer.from(code), terminator: Buffer.from('\r'), withSuffix: false, at: instant(clock), ...over });

const request = (over: Partial<DeliveryRequest> = {}): DeliveryRequest => ({
  id: 'd1',
  scanId: 's1',
  till: 'front',
  number: new NativeNumber('card', '2912345678901'),
  at: instant(clock),
  expired: () => false,
  ...over,
});

beforeEach(() => {
  clock = new VirtualClock();
  folder = mkdtempSync(join(tmpdir(), 'tillbridge-'));
  link = join(folder, 'front');
  program = new TillProgram(link);
  states = [];
  dropped = [];
});
afterEach(async () => {
  program.close();
  const closing = adapter.close();
  await clock.advance(1000);
  await closing;
  rmSync(folder, { recursive: true });
});

(process.platform === 'linux' ? describe : describe.skip)('goods to a PTY till', () => {
  it('leave in the same call, with their own terminator or the suffix of the till', async () => {
    await start({ suffix: 'CRLF' });
    program.open();
    goods('4607');
    expect(program.read()).toBe('4607\r');
    goods('01\u001d02', { terminator: Buffer.alloc(0), withSuffix: true });
    expect(program.read()).toBe('01\u001d02\r\n');
    goods('raw', { terminator: Buffer.alloc(0) });
    expect(program.read()).toBe('raw');
    for (const length of [511, 512, 1200, 3]) {
      goods('7'.repeat(length));
      expect(program.read()).toBe(`${'7'.repeat(length)}\r`);
    }
  });

  it('keep their own bytes until they are read, whatever leaves after them', async () => {
    await start();
    program.open();
    goods('first');
    goods('second one');
    program.close();
    await clock.advance(300);
    program.open();
    await clock.advance(300);
    expect(program.read()).toBe('first\rsecond one\r');
  });

  it('wait for a closed port at most backlogMs, whole and in order', async () => {
    await start({ backlogMs: 500 });
    goods('old');
    await clock.advance(300);
    goods('new1');
    goods('new2');
    await clock.advance(300);
    expect(dropped).toEqual([[1, 'portNotOpen']]);
    program.open();
    await clock.advance(20);
    expect(program.read()).toBe('new1\rnew2\r');
    await clock.advance(2000);
    expect(dropped).toHaveLength(1);
  });

  it('of a till that closed its port unread do not reach the next one late', async () => {
    await start();
    program.open();
    goods('unread');
    await clock.advance(100);
    program.close();
    await clock.advance(100);
    program.open();
    await clock.advance(20);
    expect(program.read()).toBe('unread\r');
    goods('stale');
    program.close();
    await clock.advance(3000);
    program.open();
    await clock.advance(300);
    expect(program.read()).toBe('');
    expect(dropped).toEqual([[1, 'portNotOpen']]);
  });

  it('beyond what the port holds wait in order and go on as the till reads', async () => {
    await start();
    program.open();
    const sent = Array.from({ length: 3000 }, (_, index) => `46000000${String(index).padStart(5, '0')}`);
    for (const code of sent) goods(code);
    await clock.advance(50);
    for (let round = 0; round < 40; round += 1) {
      program.read();
      await clock.advance(20);
    }
    expect(program.all().toString()).toBe(sent.map((code) => `${code}\r`).join(''));
    expect(dropped).toEqual([]);
  });
});

(process.platform === 'linux' ? describe : describe.skip)('a number to a PTY till', () => {
  it('port not open: rejected, and nothing lies there for the next one to open it', async () => {
    await start();
    expect(await adapter.deliver(request(), never)).toEqual({ outcome: 'rejected', reason: 'portNotOpen' });
    expect(adapter.state.reason?.code).toBe('TB_TILL_NOT_LISTENING');
    expect(program.open().read()).toBe('');
  });

  it('read: sent with the evidence', async () => {
    await start();
    program.open();
    const result = adapter.deliver(request(), never);
    await clock.advance(5);
    expect(program.read()).toBe('2912345678901\r');
    await clock.advance(25);
    expect(await result).toEqual({ outcome: 'sent', evidence: 'read' });
    expect(adapter.state).toMatchObject({ status: 'ready' });
    expect(adapter.state.reason).toBeUndefined();
  });

  it.each(['expired', 'superseded'] as const)('%s while unread: taken back whole, the goods behind it stay', async (cause) => {
    await start();
    program.open();
    const controller = new AbortController();
    const result = adapter.deliver(request(), controller.signal);
    await clock.advance(5);
    goods('behind1');
    goods('behind2');
    controller.abort(new Withdrawal(cause));
    expect(await result).toEqual({ outcome: cause, reason: 'notRead' });
    expect(program.read()).toBe('behind1\rbehind2\r');
  });

  it('read in part: left there, unknown', async () => {
    await start();
    program.open();
    const controller = new AbortController();
    const result = adapter.deliver(request(), controller.signal);
    await clock.advance(5);
    expect(program.read(4)).toBe('2912');
    goods('behind');
    controller.abort(new Withdrawal('expired'));
    expect(await result).toEqual({ outcome: 'unknown', reason: 'partlyRead' });
    expect(program.read()).toBe('345678901\rbehind\r');
  });

  it('the till closes its port with the number unread: taken back, rejected', async () => {
    await start();
    program.open();
    const result = adapter.deliver(request(), never);
    await clock.advance(5);
    program.close();
    await clock.advance(25);
    expect(await result).toEqual({ outcome: 'rejected', reason: 'portClosed' });
    expect(program.open().read()).toBe('');
  });

  it('waits for an empty queue, and asks whether it is too old right before it is written', async () => {
    await start();
    program.open();
    goods('first');
    let old = false;
    const result = adapter.deliver(request({ expired: () => old }), never);
    await clock.advance(100);
    old = true;
    expect(program.read()).toBe('first\r');
    await clock.advance(50);
    expect(await result).toEqual({ outcome: 'expired', reason: 'notWritten' });
    expect(program.read()).toBe('');
  });

  it('keeps gapMs of silence on both sides', async () => {
    await start({ gapMs: 100 });
    program.open();
    goods('before');
    program.read();
    const result = adapter.deliver(request(), never);
    await clock.advance(99);
    expect(program.read()).toBe('');
    await clock.advance(2);
    expect(program.read()).toBe('2912345678901\r');
    goods('after');
    await clock.advance(80);
    expect(program.read()).toBe('');
    await clock.advance(40);
    expect(program.read()).toBe('after\r');
    expect((await result).outcome).toBe('sent');
  });

  it('without a template for its kind, or too long for one, is rejected with nothing written', async () => {
    await start({ output: compileOutput({ template: { card: '{number:1..20}\r' } }) });
    program.open();
    expect(await adapter.deliver(request(), never)).toEqual({ outcome: 'rejected', reason: 'templateLength' });
    expect(await adapter.deliver(request({ number: new NativeNumber('phone', '79001234567') }), never)).toEqual({ outcome: 'rejected', reason: 'noTemplate' });
    expect(program.read()).toBe('');
  });

  it('is withdrawn when the adapter closes', async () => {
    await start();
    program.open();
    const result = adapter.deliver(request(), never);
    await clock.advance(5);
    void adapter.close();
    expect(await result).toEqual({ outcome: 'expired', reason: 'shutdown' });
  });
});

describe('a till that holds the port exclusively', () => {
  it('is given the number without a receipt, and a new PTY once it has left the lock behind', async () => {
    const lines: FakePty[] = [];
    const make = (): FakePty => {
      lines.push(new FakePty());
      return lines.at(-1)!;
    };
    adapter = new PtyTill({ id: 'front', transport: 'pty', link, output: compileOutput({}) }, { clock, log: silentLog }, async () => make);
    await adapter.open({ state: () => undefined, goodsDropped: () => undefined, order: () => undefined }, never);
    const [first] = lines;
    first!.openByTill();
    first!.exclusive = true;
    expect(await adapter.deliver(request(), never)).toEqual({ outcome: 'sent' });
    expect(first!.queued).toBe(14);
    first!.closeByTill();
    await clock.advance(300);
    expect(lines).toHaveLength(2);
    expect(first!.closed).toBe(true);
  });
});

(process.platform === 'linux' ? describe : describe.skip)('the watch of a PTY till', () => {
  it('empties what the till writes to its scanner, and reports opening and closing', async () => {
    await start();
    program.open();
    for (let round = 0; round < 200; round += 1) {
      program.write('x'.repeat(500));
      await clock.advance(250);
    }
    program.close();
    await clock.advance(250);
    expect(states.map((state) => [state.status, state.reason?.code])).toEqual([
      ['opening', undefined],
      ['ready', 'TB_TILL_NOT_LISTENING'],
      ['ready', undefined],
      ['ready', 'TB_TILL_NOT_LISTENING'],
    ]);
  });

  it('doctor: what is there, and whether the cashier program has it open', async () => {
    await start();
    expect((await adapter.probe(never)).map((row) => row.level)).toEqual(['ok', 'warn']);
    program.open();
    expect((await adapter.probe(never)).map((row) => row.level)).toEqual(['ok', 'ok']);
    const stopped = new PtyTill({ id: 'x', transport: 'pty', link: join(folder, 'new', 'x'), output: compileOutput({}) }, { clock, log: silentLog });
    expect((await stopped.probe()).map((row) => row.level)).toEqual(['ok', 'ok']);
  });
});
