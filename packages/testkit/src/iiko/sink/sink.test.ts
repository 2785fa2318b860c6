import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { VirtualClock } from '../../virtual-clock.js';
import { DeviceSink, type DeviceSinkOptions, type SinkRead } from './device-sink.js';

async function typed(text: string, gapMs: number, options: Partial<DeviceSinkOptions> = {}): Promise<readonly SinkRead[]> {
  const clock = new VirtualClock();
  const sink = new DeviceSink({ clock, ...options });
  for (const key of text) {
    sink.keys(key);
    await clock.advance(gapMs);
  }
  await clock.advance(1000);
  return sink.reads;
}

test.each([
  [';77012345678?\r', 5, [{ text: ';77012345678?', terminator: 'CR', startSentinel: ';', endSentinel: '?', averageGap: 5, maxGap: 5, branch: 'card', problems: [] }]],
  ['77012345678\t', 5, [{ terminator: 'TAB', startSentinel: undefined, endSentinel: undefined, problems: [] }]],
  ['4601234567893\n', 5, [{ terminator: 'LF', branch: 'scanner', problems: [] }]],
  [';770123?', 5, [{ terminator: 'none', branch: 'card', problems: [] }]],
  ['770123', 5, [{ terminator: 'none', problems: ['noTerminator'] }]],
  ['77AB\r', 60, [{ problems: ['notDigitsOnly', 'uneven'] }]],
  // so slow that it comes in pieces, as seen with key simulation
  ['7701\r', 120, [{ text: '7' }, { text: '7' }, { text: '0' }, { text: '1' }]],
  [`${'7'.repeat(2000)}\r`, 1, [{ text: '7'.repeat(1024), problems: ['tooLong'] }]],
] as const)('%j every %i ms', async (text, gap, expected) => {
  expect(await typed(text, gap)).toEqual(expected.map((read) => expect.objectContaining(read) as unknown));
});

it('the Russian layout leaves digits alone, and sentinels not', async () => {
  expect((await typed(';7701?AB\r', 5, { layout: 'ru' }))[0]).toMatchObject({ text: 'ж7701,ФИ', startSentinel: undefined, problems: ['notDigitsOnly'] });
  expect((await typed('7701\r', 5, { layout: 'ru' }))[0]).toMatchObject({ text: '7701', problems: [] });
});

it('bytes of a port: CR LF is one terminator, a stray one none; the silence between reads is measured', async () => {
  const clock = new VirtualClock();
  const seen: string[] = [];
  const sink = new DeviceSink({ clock, reader: 'com1', onRead: ({ text }, reader) => seen.push(`${reader} ${text}`) });
  sink.write(Buffer.from('\r\n123\r\n'));
  await clock.advance(100);
  sink.write(Buffer.from('456\r'));
  expect(seen).toEqual(['com1 123', 'com1 456']);
  expect(sink.reads.map(({ terminator, silenceBefore }) => [terminator, silenceBefore])).toEqual([['CRLF', 0], ['CR', 100]]);
});

it('however bytes are cut, the same reads come out', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[0-9;?]{1,12}$/), { minLength: 1, maxLength: 5 }), fc.array(fc.nat(8), { maxLength: 40 }), (texts, cuts) => {
      const sink = new DeviceSink({ clock: new VirtualClock() });
      const bytes = Buffer.from(texts.map((text) => `${text}\r`).join(''));
      let at = 0;
      for (const cut of cuts) {
        sink.write(bytes.subarray(at, at + cut));
        at += cut;
      }
      sink.write(bytes.subarray(at));
      expect(sink.reads.map(({ text }) => text)).toEqual(texts);
    }),
  );
});
