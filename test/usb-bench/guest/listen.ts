import { silentLog, systemClock, type Reader } from '@tillbridge/core';
import { createSerialReader, type SerialReaderOptions } from '@tillbridge/readers/serial';
import { RecordingSink } from '../../../packages/testkit/src/suites/recording-sink.js';
import { until, type Bench } from './group.ts';
import { PATIENCE_MS } from './until.ts';

/** A reader and what it says. */
export interface Listening {
  readonly reader: Reader;
  readonly sink: RecordingSink;
  /** Waits for the next read after those that were there, and gives its text. */
  ready(): Promise<void>;
  reads(count: number): Promise<readonly string[]>;
}

/** Opens a reader and closes it with the group. */
export async function listen(bench: Bench, reader: Reader): Promise<Listening> {
  const sink = new RecordingSink();
  bench.after(() => reader.close());
  await reader.open(sink, new AbortController().signal);
  return {
    reader,
    sink,
    ready: () => sink.untilStatus('ready', PATIENCE_MS),
    reads: async (count) => {
      await sink.untilReads(count, PATIENCE_MS);
      return sink.texts;
    },
  };
}

export const serialReader = (options: SerialReaderOptions): Reader => createSerialReader(options, { clock: systemClock, log: silentLog });

export const untilRetrying = ({ sink }: Listening): Promise<true> => until('the reader to notice', () => sink.statuses.at(-1) === 'retrying');
