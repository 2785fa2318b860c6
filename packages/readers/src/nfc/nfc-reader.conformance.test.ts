import { silentLog, systemClock, Masked } from '@tillbridge/core';
import { describeReader } from '@tillbridge/testkit/suites';
import { FakeBackend } from './testing/fake-backend.js';
import { loopback } from './testing/loopback.js';
import { createNfcReader } from './nfc-reader.js';
import type { ChainResult } from './chain/types.js';

const NAME = 'ACS ACR122U PICC Interface 00 00';

describeReader('nfc', () => {
  const readers = { there: true };
  let backend = new FakeBackend();
  let answered: () => void = () => undefined;
  const { spawn } = loopback(
    () => {
      backend = new FakeBackend();
      if (readers.there) backend.plug(NAME);
      return backend;
    },
    async (session): Promise<ChainResult> => {
      const answer = await session.transmit(Uint8Array.of(0), { timeoutMs: 1000 });
      answered();
      return { status: 'read', source: 'hce', code: new Masked(Buffer.from(answer.subarray(0, -2)).toString('utf8')), steps: [] };
    },
  );
  const service = { runs: () => Promise.resolve(true), everyMs: 50 };
  const reader = createNfcReader({ id: 'tap' }, { clock: systemClock, log: silentLog, service, spawn });
  const tap = async (bytes: Uint8Array): Promise<void> => {
    const read = new Promise<void>((resolve) => (answered = resolve));
    backend.tap(NAME, () => Uint8Array.of(...bytes, 0x90, 0x00));
    if (!backend.stopped) await read;
    backend.remove(NAME);
  };
  return {
    reader,
    device: {
      send: async (data) => {
        let from = 0;
        for (let at = data.indexOf(13); at >= 0; at = data.indexOf(13, from)) {
          await tap(data.subarray(from, at));
          from = at + 1;
        }
      },
      unplug: () => {
        readers.there = false;
        backend.unplug(NAME);
      },
      replug: () => {
        readers.there = true;
        backend.plug(NAME);
      },
    },
  };
}, { stream: false, text: true });
