import { describe, expect, it } from 'vitest';
import { signalCommands } from './signals.js';

const shown = (reader: string, signal: 'good' | 'bad'): readonly string[] => signalCommands(reader, signal).map(({ way, bytes }) => `${way} ${Buffer.from(bytes).toString('hex')}`);

describe('what readers show', () => {
  it.each([
    ['ACS ACR122U PICC Interface 00 00', 'card ff0040ae0401010101', 'card ff00405d0401010201'],
    ['ACS ACR122 0', 'card ff0040ae0401010101', 'card ff00405d0401010201'],
    ['ACS ACR1252 1S CL Reader PICC 0', 'escape e00000280108', 'escape e00000280128'],
    ['ACS ACR1552 1S CL Reader(1) 00 00', 'escape e00000280108', 'escape e00000280128'],
    ['ACS WalletMate II 2S CL Reader 00 00', 'escape e00000280108', 'escape e00000280128'],
  ])('%s', (reader, good, bad) => {
    expect(shown(reader, 'good')).toEqual([good]);
    expect(shown(reader, 'bad')).toEqual([bad]);
  });

  it('a reader that nobody knows is sent nothing', () => {
    expect(shown('Identiv uTrust 3700 F CL Reader 0', 'good')).toEqual([]);
  });

  it('the ACR122U holds its lights no longer than 400 ms', () => {
    for (const signal of ['good', 'bad'] as const) {
      for (const { bytes } of signalCommands('ACR122', signal)) {
        const [t1 = 0, t2 = 0, times = 0] = bytes.subarray(5);
        expect((t1 + t2) * 100 * times).toBeLessThanOrEqual(400);
      }
    }
  });
});
