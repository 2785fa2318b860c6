import { systemClock } from '@tillbridge/core';
import { FaultyCard, UidCard } from '@tillbridge/testkit';
import { afterEach, describe, expect, test } from 'vitest';
import { needs } from '../support/needs.js';
import { waitFor } from '../support/wait-for.js';
import { ACR, PATIENCE_MS, TapBench } from './support/tap-bench.js';

const card = (n: number): UidCard => new UidCard(Uint8Array.of(0x12, 0x34, n >> 8, n & 0xff));

needs('linux', 'pcscd', 'nfc-packages')('what goes wrong with PC/SC', () => {
  let bench: TapBench | undefined;
  afterEach(async () => {
    await bench?.close();
    bench = undefined;
  });
  const start = async (options: Parameters<typeof TapBench.start>[0]): Promise<TapBench> => (bench = await TapBench.start({ read: ['uid'], ...options }));

  describe.each(['nfc-pcsc', 'pcsc-mini'] as const)('by %s', (backend) => {
    test('the service is killed, in both ways: no process without it, and cards are read again', async () => {
      const { pcscd, sink, reader, tap, children } = bind(await start({ backend }));
      await tap(card(0));
      for (const [round, signal] of (['SIGTERM', 'SIGKILL'] as const).entries()) {
        await pcscd.kill(signal);
        await sink.untilStatus('retrying', PATIENCE_MS);
        await waitFor('no process', () => children().length === 0, PATIENCE_MS);
        await waitFor('the reason', () => reader.state.reason?.code === 'TB_READER_NFC_NO_SERVICE', PATIENCE_MS);
        await pcscd.start();
        await sink.untilStatus('ready', PATIENCE_MS);
        await bench?.tapAgain(card(round + 1));
      }
      expect(sink.texts).toEqual(['12340000', '12340001', '12340002']);
    });

    test('the process is stopped in its tracks: it is replaced, and cards are read again', async () => {
      const { sink, tap, untilChild } = bind(await start({ backend }));
      const pid = await untilChild();
      process.kill(pid, 'SIGSTOP');
      await sink.untilStatus('retrying', PATIENCE_MS);
      await sink.untilStatus('ready', PATIENCE_MS);
      expect(await untilChild()).not.toBe(pid);
      expect(await tap(card(1))).toBe('12340001');
    });

    test('the process is killed: it is replaced; a card that lay there is not read a second time', async () => {
      const { sink, pcscd, untilChild, bench } = bind(await start({ backend }));
      const slot = pcscd.slot(ACR);
      await slot.insert(card(7));
      await sink.untilReads(1, PATIENCE_MS);
      process.kill(await untilChild(), 'SIGKILL');
      await sink.untilStatus('retrying', PATIENCE_MS);
      await sink.untilStatus('ready', PATIENCE_MS);
      await slot.remove();
      await bench.tapAgain(card(8));
      expect(sink.texts).toEqual(['12340007', '12340008']);
    });

    test('a card that answers after the time is over: its answer goes nowhere, the process is replaced, the next card is read', async () => {
      const { sink, reader, pcscd, untilChild, bench } = bind(await start({ backend, timeoutMs: 500 }));
      const before = await untilChild();
      const slow = new FaultyCard(card(9), systemClock);
      slow.faults.delayMs = 4000;
      const slot = pcscd.slot(ACR);
      await slot.insert(slow);
      await waitFor('the reason', () => reader.state.reason?.code === 'TB_READER_NFC_STUCK', PATIENCE_MS);
      await sink.untilStatus('ready', PATIENCE_MS);
      expect(await untilChild()).not.toBe(before);
      await slot.remove();
      expect(await bench.tapAgain(card(10))).toBe('1234000A');
      expect(sink.texts).toEqual(['1234000A']);
    });

    test('cycle after cycle: each card is read, once', async () => {
      const { sink, tap } = bind(await start({ backend }));
      const sent = Array.from({ length: 12 }, (_, n) => n);
      for (const n of sent) await tap(card(n));
      expect(sink.texts).toEqual(sent.map((n) => `1234${n.toString(16).padStart(4, '0').toUpperCase()}`));
    });
  });

  test('no service: no process is made, and the reader says what is missing', async () => {
    const { pcscd, reader, sink, children } = bind(await start({}));
    await pcscd.kill('SIGKILL');
    await sink.untilStatus('retrying', PATIENCE_MS);
    await waitFor('no process', () => children().length === 0, PATIENCE_MS);
    for (let looks = 0; looks < 20; looks += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(children()).toEqual([]);
    }
    expect(reader.state.reason?.code).toBe('TB_READER_NFC_NO_SERVICE');
  });
});

function bind(bench: TapBench) {
  const { pcscd, sink, reader } = bench;
  return { pcscd, sink, reader, tap: (...[one]: Parameters<TapBench['tap']>) => bench.tap(one), children: () => bench.children, untilChild: () => bench.untilChild(), bench };
}
