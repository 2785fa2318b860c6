import { adapterAround, elapsed, instant, withdrawn, type Adapter, type Clock, type Outcome, type Pipeline, type Reader, type ReaderSink, type Translation, type Translator, type Unsubscribe } from '@tillbridge/core';
import type { FlightRecorder } from './recorder.js';

const tenths = (ms: number): number => Math.round(ms * 10) / 10;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The same reader; what it reads is noted while somebody records, after it is on its way. */
export function tapReader(reader: Reader, recorder: FlightRecorder): Reader {
  return {
    id: reader.id,
    kind: reader.kind,
    get capabilities() {
      return reader.capabilities;
    },
    get state() {
      return reader.state;
    },
    open: (sink, signal) => reader.open(tapSink(reader.id, sink, recorder), signal),
    feedback: (kind) => reader.feedback(kind),
    close: () => reader.close(),
  };
}

function tapSink(reader: string, sink: ReaderSink, recorder: FlightRecorder): ReaderSink {
  return {
    read: (read) => {
      sink.read(read);
      if (!recorder.on) return;
      const bytes = recorder.bytesOf(reader, read);
      if (bytes === undefined) return;
      const { terminator, silence, quietMs, silentBefore, overflow, partial, symbology, aim, kind, till } = read;
      recorder.note({
        ...{ e: 'read', reader, bytes, terminator: hex(terminator), silence, silentBefore },
        ...(quietMs === undefined ? {} : { quietMs }),
        ...(overflow === true ? { overflow } : {}),
        ...(partial === true ? { partial } : {}),
        ...(symbology === undefined ? {} : { symbology }),
        ...(aim === undefined ? {} : { aim }),
        ...(kind === undefined ? {} : { kind }),
        ...(till === undefined ? {} : { till }),
      });
    },
    tail: (bytes, keys) => {
      sink.tail(bytes, keys);
      // of a terminator: it says nothing of what was read
      if (recorder.on && keys === undefined) recorder.note({ e: 'tail', reader, bytes: hex(bytes) });
    },
    quiet: () => {
      // before: what follows from it is noted after it
      if (recorder.on) recorder.note({ e: 'quiet', reader });
      sink.quiet();
    },
    resumed: () => {
      if (recorder.on) recorder.note({ e: 'resumed', reader });
      sink.resumed();
    },
    dropped: (reason, byteCount) => {
      if (recorder.on) recorder.note({ e: 'dropped', reader, reason, bytes: byteCount });
      sink.dropped(reason, byteCount);
    },
    state: (state) => sink.state(state),
    hint: (hint) => sink.hint?.(hint),
  };
}

/** The same till; how it answers is noted while somebody records. */
export function tapAdapter(adapter: Adapter, recorder: FlightRecorder, clock: Clock): Adapter {
  return adapterAround(adapter, {
    deliver: async (delivery, signal) => {
      const start = instant(clock);
      const noted = (result: Outcome): Outcome => {
        if (recorder.on) recorder.note({ e: 'till', till: adapter.id, tookMs: tenths(elapsed(clock, start)), outcome: result.outcome, ...recorder.wordOf('reason', result.reason), ...recorder.wordOf('evidence', result.evidence) });
        return result;
      };
      try {
        return noted(await adapter.deliver(delivery, signal));
      } catch (error) {
        noted(withdrawn(signal, 'adapterFailed'));
        throw error;
      }
    },
  });
}

/** The same translator; its answers are noted while somebody records. */
export function tapTranslator(translator: Translator, recorder: FlightRecorder, clock: Clock): Translator {
  return {
    id: translator.id,
    type: translator.type,
    // a recording has one answer a scan, at its time
    get capabilities() {
      return recorder.on ? { ...translator.capabilities, ahead: false } : translator.capabilities;
    },
    translate: (code, context, signal) => {
      const answer = translator.translate(code, context, signal);
      if (!recorder.on) return answer;
      const start = instant(clock);
      const note = (translation: Translation): Translation => {
        const { result } = translation;
        const number = 'number' in translation ? { kind: translation.number.kind, number: recorder.numberOf(translation.number) } : {};
        const reason = 'reason' in translation ? recorder.wordOf('reason', translation.reason) : {};
        recorder.note({ e: 'answer', tookMs: tenths(elapsed(clock, start)), translator: translator.id, code: recorder.codeOf(code.text.reveal(), context.reader), result, ...number, ...reason });
        return translation;
      };
      return answer instanceof Promise ? answer.then(note) : note(answer);
    },
    ...(translator.expect === undefined ? {} : { expect: (code) => translator.expect?.(code) }),
    ...(translator.probe === undefined ? {} : { probe: translator.probe.bind(translator) }),
    close: () => translator.close(),
  };
}

/** Notes what the pipeline is given by hand, and what it makes of everything. */
export function tapPipeline(pipeline: Pipeline, recorder: FlightRecorder): Unsubscribe {
  const stops = [
    pipeline.on('injected', ({ bytes, reader, kind, symbology, orderId }) => {
      const made = recorder.bytesOf(reader, { bytes, ...(symbology === undefined ? {} : { symbology }) });
      if (made === undefined) return;
      recorder.note({ e: 'scan', reader, bytes: made, ...(kind === undefined ? {} : { kind }), ...(symbology === undefined ? {} : { symbology }), ...recorder.orderOf(orderId) });
    }),
    pipeline.on('order', ({ till, state, orderId }) => recorder.note({ e: 'order', till, state, ...recorder.orderOf(orderId) })),
    pipeline.on('goods', ({ read, till }) => {
      const bytes = read.bytes.length === 0 ? '' : recorder.bytesOf(read.reader, { bytes: read.bytes, ...(read.scan?.symbology === undefined ? {} : { symbology: read.scan.symbology }) });
      if (bytes !== undefined) recorder.note({ e: 'goods', till, bytes, terminator: hex(read.terminator) });
    }),
    pipeline.on('outcome', ({ till, reader, kind, code, outcome, reason, evidence }) =>
      recorder.note({ e: 'outcome', till, reader, kind, code: recorder.codeOf(code.reveal(), reader), outcome, ...recorder.wordOf('reason', reason), ...recorder.wordOf('evidence', evidence) }),
    ),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
