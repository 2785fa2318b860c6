import { Masked, silentLog, type Log, type LogFields } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { RecordingSink } from '@tillbridge/testkit/suites';
import { afterEach, describe, expect, it } from 'vitest';
import { NfcFault } from './backend/backend.js';
import { CardGone } from './backend/card-errors.js';
import type { CardSession, ChainResult } from './chain/types.js';
import { createNfcReader } from './nfc-reader.js';
import type { NfcReaderOptions } from './options.js';
import { FakeBackend, type Respond } from './testing/fake-backend.js';
import { loopback } from './testing/loopback.js';

const ACR = 'ACS ACR122U PICC Interface 00 00';
const TOKEN = 'Aktiv Rutoken ECP 00 00';
const CODE = '98000000000042';

const read = async (session: CardSession): Promise<ChainResult> => {
  try {
    const answer = await session.transmit(Uint8Array.of(0), { timeoutMs: 1000 });
    const code = new Masked(Buffer.from(answer.subarray(0, -2)).toString());
    if (code.reveal() === 'locked') return { status: 'unread', reason: 'hint', hint: 'unlockPhone', steps: [] };
    return { status: 'read', source: 'hce', code, steps: [] };
  } catch {
    return { status: 'unread', reason: 'removed', hint: 'holdLonger', steps: [] };
  }
};
const says = (code: string): Respond => () => Uint8Array.of(...Buffer.from(code), 0x90, 0x00);

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const bench = (options: Partial<NfcReaderOptions> = {}, plugged: readonly string[] = [ACR], log: Log = silentLog) => {
  const clock = new VirtualClock();
  const backends: FakeBackend[] = [];
  const faults: NfcFault[] = [];
  const there = new Set(plugged);
  const service = { up: true, asked: 0, everyMs: 250, runs: () => ((service.asked += 1), Promise.resolve(service.up)) };
  const { spawn, lives } = loopback(
    () => {
      const backend = new FakeBackend();
      backend.refuses = faults.shift();
      for (const name of there) backend.plug(name);
      backends.push(backend);
      return backend;
    },
    read,
    clock,
  );
  const reader = createNfcReader({ id: 'tap', ...options }, { clock, log, service, spawn, random: () => 0 });
  const sink = new RecordingSink();
  const hints: string[] = [];
  const stop = new AbortController();
  const open = async (): Promise<void> => {
    const opened = reader.open(Object.assign(sink, { hint: (hint: string) => void hints.push(hint) }), stop.signal);
    opened.catch(() => undefined);
    await clock.advance(1500);
    await opened;
  };
  closers.push(async () => {
    const closed = reader.close();
    await clock.advance(3000);
    await closed;
  });
  return { clock, reader, sink, hints, open, lives, service, there, backend: () => backends.at(-1)!, faults, codes: () => sink.texts };
};

describe('the four states', () => {
  it('no service: no process is made; it is looked for, and found soon', async () => {
    const { open, reader, clock, lives, service } = bench();
    service.up = false;
    await open();
    expect(reader.state).toMatchObject({ status: 'retrying', reason: { code: 'TB_READER_NFC_NO_SERVICE' } });
    expect(lives).toHaveLength(0);
    await clock.advance(60_000);
    expect(lives).toHaveLength(0);
    service.up = true;
    await clock.advance(500);
    expect(reader.state.status).toBe('ready');
    expect(lives).toHaveLength(1);
  });

  it('no driver: named with the command, and final', async () => {
    const { open, reader, faults, lives, clock } = bench();
    faults.push(new NfcFault('missing', 'none'));
    await expect(open()).rejects.toMatchObject({ code: 'TB_NATIVE_MISSING' });
    expect(reader.state.status).toBe('failed');
    await clock.advance(60_000);
    expect(lives).toHaveLength(1);
  });

  it('a driver that does not load: says why, and is final', async () => {
    const { open, reader, faults } = bench();
    faults.push(new NfcFault('broken', 'nfc-pcsc: libpcsclite.so.1: cannot open shared object file'));
    await expect(open()).rejects.toMatchObject({ code: 'TB_READER_NFC_DRIVER' });
    expect(reader.state.status).toBe('failed');
  });

  it('no reader: the process stays and says when one comes', async () => {
    const { open, reader, clock, lives, backend } = bench({}, [TOKEN]);
    await open();
    expect(reader.state).toMatchObject({ status: 'retrying', reason: { code: 'TB_READER_NFC_NO_READER', params: { found: TOKEN } } });
    backend().plug(ACR);
    await clock.advance(10);
    expect(reader.state.status).toBe('ready');
    backend().unplug(ACR);
    await clock.advance(10);
    expect(reader.state.reason?.code).toBe('TB_READER_NFC_NO_READER');
    backend().plug(ACR);
    await clock.advance(1010);
    expect(reader.state.status).toBe('ready');
    expect(lives).toHaveLength(1);
  });

  it('ready: cards are read', async () => {
    const { open, clock, backend, sink } = bench();
    await open();
    backend().tap(ACR, says(CODE));
    await clock.settle();
    expect(sink.reads).toMatchObject([{ silence: 'settled', silentBefore: true, terminator: new Uint8Array(0) }]);
    expect(sink.texts).toEqual([CODE]);
  });

  it('a reader that is not the one asked for is not used', async () => {
    const { open, reader, backend, clock, codes, lives } = bench({ match: { name: 'walletmate' } });
    await open();
    expect(reader.state.reason?.code).toBe('TB_READER_NFC_NO_READER');
    backend().plug('ACS WalletMate 1S CL Reader PICC 0');
    await clock.advance(10);
    expect(reader.state.status).toBe('ready');
    backend().tap('ACS WalletMate 1S CL Reader PICC 0', says(CODE));
    await clock.settle();
    expect(codes()).toEqual([CODE]);
    expect(lives).toHaveLength(1);
  });
});

describe('a process that goes wrong', () => {
  it('loses its service: waits without a process, and reads on when it is back', async () => {
    const { open, reader, clock, backend, service, lives, codes } = bench();
    await open();
    for (let round = 1; round <= 12; round += 1) {
      service.up = false;
      backend().fail(new NfcFault('serviceLost', 'RPC transport error'));
      await clock.advance(5000);
      expect(reader.state.reason?.code).toBe('TB_READER_NFC_NO_SERVICE');
      expect(lives).toHaveLength(round);
      service.up = true;
      await clock.advance(2000);
      expect(reader.state.status).toBe('ready');
      backend().tap(ACR, says(`9800000000${String(round).padStart(4, '0')}`));
      await clock.settle();
      expect(codes()).toHaveLength(round);
    }
  });

  it('crashes: the next one is made after the back-off', async () => {
    const { open, reader, clock, lives } = bench();
    await open();
    lives[0]!.crash();
    await clock.advance(100);
    expect(reader.state).toMatchObject({ status: 'retrying', reason: { code: 'TB_READER_NFC_STOPPED' } });
    await clock.advance(2000);
    expect(reader.state.status).toBe('ready');
    expect(lives).toHaveLength(2);
  });

  it('hangs in a command: it is killed, and the next one leaves that card alone until it was taken away', async () => {
    const { open, reader, clock, backend, lives, codes } = bench();
    await open();
    const late: { answer?: (bytes: Uint8Array) => void } = {};
    backend().tap(ACR, () => new Promise((resolve) => (late.answer = resolve)));
    await clock.advance(2001);
    expect(lives[0]!.killed).toBe(true);
    expect(reader.state.reason?.code).toBe('TB_READER_NFC_STUCK');
    await clock.advance(1000);
    expect(reader.state.status).toBe('ready');
    expect(lives[1]!.setup.skip).toEqual([ACR]);
    late.answer?.(Uint8Array.of(0x39, 0x90, 0));
    backend().tap(ACR, says(CODE), { initial: true });
    await clock.advance(100);
    expect(codes()).toEqual([]);
    backend().remove(ACR);
    backend().tap(ACR, says(CODE));
    await clock.advance(100);
    expect(codes()).toEqual([CODE]);
  });

  it('falls silent: it is replaced', async () => {
    const clock = new VirtualClock();
    let killed = 0;
    const spawn = () => ({ send: () => true, kill: () => void (killed += 1) });
    const reader = createNfcReader({ id: 'tap' }, { clock, log: silentLog, spawn, service: { runs: () => Promise.resolve(true), everyMs: 250 } });
    const opened = reader.open(new RecordingSink(), new AbortController().signal);
    await clock.advance(40_000);
    await opened;
    expect(killed).toBeGreaterThan(0);
    expect(reader.state.reason?.code).toBe('TB_READER_NFC_STOPPED');
    const closed = reader.close();
    await clock.advance(5000);
    await closed;
  });
});

describe('one tap is one read', () => {
  it('trembles at the edge of the field: one read; after the window, or after a refusal, another', async () => {
    const { open, clock, backend, codes, reader } = bench();
    await open();
    const tap = async (code: string): Promise<void> => {
      backend().tap(ACR, says(code));
      await clock.settle();
      backend().remove(ACR);
      await clock.settle();
    };
    for (let i = 0; i < 5; i += 1) {
      await tap(CODE);
      await clock.advance(100);
    }
    expect(codes()).toHaveLength(1);
    await clock.advance(1500);
    await tap(CODE);
    expect(codes()).toHaveLength(2);
    await reader.feedback('bad');
    await tap(CODE);
    expect(codes()).toHaveLength(3);
    await tap('98000000000043');
    expect(codes()).toHaveLength(4);
  });

  it('lies there when the process is started anew: not read again; another one is', async () => {
    const { open, clock, backend, codes, lives } = bench();
    await open();
    backend().tap(ACR, says(CODE));
    await clock.settle();
    for (const code of [CODE, '98000000000043']) {
      lives.at(-1)!.crash();
      await clock.advance(3000);
      backend().tap(ACR, says(code), { initial: true });
      await clock.settle();
    }
    expect(codes()).toEqual([CODE, '98000000000043']);
  });

  it('is swapped without being lifted: both are read', async () => {
    const { open, clock, backend, codes } = bench();
    await open();
    backend().tap(ACR, says(CODE));
    await clock.settle();
    backend().tap(ACR, says('98000000000043'));
    await clock.settle();
    expect(codes()).toEqual([CODE, '98000000000043']);
  });
});

describe('what the guest notices', () => {
  it('a card pulled early: counted, with a hint and a signal, and no read', async () => {
    const { open, clock, backend, codes, sink, hints } = bench();
    await open();
    backend().tap(ACR, () => new Promise((_, reject) => clock.timer(50, () => reject(new CardGone()))));
    await clock.advance(10);
    backend().remove(ACR);
    await clock.advance(200);
    expect(codes()).toEqual([]);
    expect(sink.count('dropped')).toBe(1);
    expect(hints).toEqual(['holdLonger']);
    expect(backend().escapes).toHaveLength(1);
  });

  it('a locked phone: hint and signal', async () => {
    const { open, clock, backend, hints, sink } = bench();
    await open();
    const sent: string[] = [];
    backend().tap(ACR, (apdu) => {
      sent.push(Buffer.from(apdu).toString('hex'));
      return says('locked')(apdu);
    });
    await clock.advance(10);
    expect(hints).toEqual(['unlockPhone']);
    expect(sink.count('dropped')).toBe(0);
    // through the card while it is there
    expect(sent.at(-1)).toMatch(/^ff0040/);
  });

  it('`signalHints: false` keeps the reader quiet', async () => {
    const { open, clock, backend, hints } = bench({ signalHints: false });
    await open();
    const sent: number[] = [];
    backend().tap(ACR, (apdu) => (sent.push(apdu.length), says('locked')(apdu)));
    await clock.advance(10);
    expect(hints).toEqual(['unlockPhone']);
    expect(sent).toEqual([1]);
  });

  it('feedback goes to the reader that had the card: by escape once it is gone', async () => {
    const second = 'ACS ACR1252 1S CL Reader PICC 0';
    const { open, clock, backend, reader } = bench({}, [ACR, second]);
    await open();
    backend().tap(second, says(CODE));
    await clock.settle();
    backend().remove(second);
    await reader.feedback('good');
    await reader.feedback('none');
    await clock.settle();
    expect(backend().escapes).toEqual([{ reader: second, hex: 'e00000280108' }]);
  });

  it('a flood of signals does not pile up: one is under way at a time, and the next card is read', async () => {
    const { open, clock, backend, reader, codes } = bench();
    await open();
    const sent: string[] = [];
    backend().tap(ACR, (apdu) => {
      sent.push(Buffer.from(apdu).toString('hex'));
      return apdu[0] === 0xff ? new Promise((resolve) => clock.timer(100, () => resolve(Uint8Array.of(0x90, 0x02)))) : says(CODE)(apdu);
    });
    await clock.settle();
    for (let i = 0; i < 200; i += 1) await reader.feedback('bad');
    await clock.advance(1000);
    expect(sent.filter((hex) => hex.startsWith('ff0040'))).toHaveLength(1);
    await reader.feedback('good');
    await clock.advance(1000);
    expect(sent.filter((hex) => hex.startsWith('ff0040'))).toHaveLength(2);
    backend().tap(ACR, says('98000000000043'));
    await clock.settle();
    expect(codes()).toEqual([CODE, '98000000000043']);
  });

  it('never shows a code in a log line', async () => {
    const lines: string[] = [];
    const keep = (event: string, fields: LogFields = {}): void => void lines.push(event + JSON.stringify(fields));
    const log: Log = { debug: keep, info: keep, warn: keep, error: keep, child: () => log };
    const { open, clock, backend, codes } = bench({}, [ACR], log);
    await open();
    backend().tap(ACR, says(CODE));
    await clock.settle();
    expect(codes()).toEqual([CODE]);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('\n')).not.toContain(CODE);
  });
});
