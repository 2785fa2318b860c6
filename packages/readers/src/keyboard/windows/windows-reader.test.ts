import { silentLog, systemClock, type Reader } from '@tillbridge/core';
import { describeReader, RecordingSink } from '@tillbridge/testkit/suites';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createKeyboardReader } from '../keyboard-reader.js';
import type { KeyboardReaderOptions } from '../options.js';
import { SimulatedHelper } from '../testing/simulated-helper.js';
import { helperHost } from './helper-host.js';

function make(helper: SimulatedHelper, options: Partial<KeyboardReaderOptions> = {}): Reader {
  return createKeyboardReader({ id: 'counter', where: { match: { vid: '0c2e', pid: '0b61' } }, ...options }, { clock: systemClock, log: silentLog, random: () => 0, platform: 'win32', spawn: helperHost(helper.start) });
}

describeReader(
  'keyboard on Windows',
  () => {
    const helper = new SimulatedHelper();
    return {
      reader: make(helper),
      device: {
        // between prefix and Enter one read at a time, as the helper hands them over
        send: (bytes) => {
          for (const text of Buffer.from(bytes).toString('latin1').split(/(?<=\r)/)) helper.scan(Buffer.from(text, 'latin1'));
        },
        unplug: () => helper.unplug(),
        replug: () => helper.plug(),
      },
    };
  },
  { stream: false },
);

describe('keyboard reader on Windows', () => {
  let helper: SimulatedHelper;
  let reader: Reader;
  let sink: RecordingSink;
  const open = async (options?: Partial<KeyboardReaderOptions>): Promise<void> => {
    reader = make(helper, options);
    await reader.open(sink, new AbortController().signal);
  };
  const texts = (): string[] => sink.reads.map(({ bytes }) => Buffer.from(bytes).toString('latin1'));

  beforeEach(() => {
    helper = new SimulatedHelper();
    sink = new RecordingSink();
  });
  afterEach(() => reader.close());

  test('tells the helper what a read looks like, and gives the keys back at the end', async () => {
    await open({ prefix: 'STX', suffix: ['ETX'] });
    expect(helper.told).toEqual([expect.stringMatching(/^start prefix=5 modifiers=1 ends=8 gap=500 least=1 mark=\d+ device=VID_0c2e&PID_0b61$/i)]);
    await reader.close();
    expect(helper.told.at(-1)).toBe('stop');
  });

  test('a scanner that types CR LF: the read ends with the LF, which else would be Ctrl+J for the cashier program', async () => {
    await open({ suffix: ['CRLF'] });
    expect(helper.told).toEqual([expect.stringContaining(' ends=2 ')]);
    helper.scan(Buffer.from('4600000000001\r\n', 'latin1'));
    await sink.untilReads(1);
    expect(texts()).toEqual(['4600000000001']);
    expect(Buffer.from(sink.reads[0]?.terminator ?? []).toString('latin1')).toBe('\r\n');
  });

  test('the same decoding as everywhere: GS by Ctrl, letters by the US map, Enter the terminator, keys kept', async () => {
    await open();
    helper.scan(Buffer.from('0104607\u001d21aB\r'));
    await sink.untilReads(1);
    expect(texts()).toEqual(['0104607\u001d21aB']);
    const [read] = sink.reads;
    expect(Buffer.from(read!.terminator).toString()).toBe('\r');
    expect(read!.keys?.length).toBeGreaterThan(20);
    expect(read!.silentBefore).toBe(true);
  });

  test('a read is one however slowly the scanner types, and without a suffix', async () => {
    await open({ suffix: [] });
    helper.scan(Buffer.from('46'));
    await sink.untilReads(1);
    expect(texts()).toEqual(['46']);
    expect(sink.reads[0]?.partial).toBeUndefined();
  });

  test('keepPrefix puts the prefix in front of the keys, not of the code', async () => {
    await open({ keepPrefix: true });
    helper.scan(Buffer.from('7\r'));
    await sink.untilReads(1);
    expect(texts()).toEqual(['7']);
    expect(sink.reads[0]!.keys?.slice(0, 2).map(({ usage, down }) => [usage, down])).toEqual([[0x68, true], [0x68, false]]);
  });

  test('a read that got lost on the way is no part of the next one', async () => {
    await open();
    helper.scan(Buffer.from('1\r'));
    await sink.untilReads(1);
    helper.lose();
    helper.scan(Buffer.from('22\r'));
    helper.scan(Buffer.from('33\r'));
    await sink.untilReads(2);
    expect(texts()).toEqual(['1', '33']);
  });

  test('a helper that crashes is replaced; one of another version, too', async () => {
    await open();
    helper.crash();
    await expect.poll(() => helper.starts, { timeout: 20_000 }).toBe(2);
    await expect.poll(() => reader.state.status, { timeout: 20_000 }).toBe('ready');
    helper.scan(Buffer.from('5\r'));
    await sink.untilReads(1);
    expect(texts()).toEqual(['5']);
  });

  test('refused by Windows: says so and tries again', async () => {
    helper.mood = 'refuses';
    await open();
    expect(reader.state).toMatchObject({ status: 'retrying', reason: { code: 'TB_READER_OPEN_FAILED', params: { problem: expect.stringContaining('error 5') as string } } });
    helper.mood = 'well';
    await expect.poll(() => reader.state.status, { timeout: 20_000 }).toBe('ready');
  });

  test('without the helper’s file: an error that says what to do', async () => {
    reader = createKeyboardReader({ id: 'counter', where: { auto: true } }, { clock: systemClock, log: silentLog, platform: 'win32' });
    const had = process.env['TILLBRIDGE_KEYBOARD_HELPER'];
    delete process.env['TILLBRIDGE_KEYBOARD_HELPER'];
    const opening = reader.open(sink, new AbortController().signal);
    if (had !== undefined) process.env['TILLBRIDGE_KEYBOARD_HELPER'] = had;
    const { helperPath } = await import('./helper-path.js');
    if (helperPath() === undefined) await expect(opening).rejects.toMatchObject({ code: 'TB_READER_KEYBOARD_NO_HELPER' });
    else await opening.catch(() => undefined);
  });
});
