import { createIds, NativeNumber, outcome, Pipeline, silentLog, sleep, type Adapter, type Clock, type Journal, type Reader, type ReaderSink, type Translation, type Translator } from '@tillbridge/core';
import { classifierOf } from '../daemon/classifier.js';
import type { LineOf, Recording, RecordingLine } from './recording.js';

/** A clock that stands still until it is moved. */
export interface DrivenClock extends Clock {
  advance(ms: number): Promise<void>;
}

/** What a replay compares: a thing that the bridge made, in words. */
export interface Difference {
  readonly till: string;
  /** Number of it among those of its till, from 1. */
  readonly place: number;
  readonly recorded: string | undefined;
  readonly replayed: string | undefined;
}

export interface Replayed {
  readonly events: number;
  readonly goods: number;
  readonly outcomes: number;
  /** Recorded things that could not be shown and are missing in the replay. */
  readonly omitted: number;
  readonly differences: readonly Difference[];
}

/** After the last line, what is under way has this long, in ms: longer than any number lives. */
const AFTERMATH_MS = 700_000;

/**
 * Plays a recording through the real pipeline: its reads go in at their times, its translators and tills answer as they did, and what comes
 * out is held against what came out then.
 */
export async function replay({ head, lines }: Recording, clock: DrivenClock): Promise<Replayed> {
  const random = seeded(1);
  const pipeline = new Pipeline({ clock, journal: new ForgetfulJournal(), log: silentLog, newId: createIds(clock, random) });
  const translators = head.translators.map(({ id, type }) => new PlayedTranslator(id, type, lines, clock));
  const routes = head.routes.map(({ readers, till, goods }) => ({ readers, till, goods: goods ?? 'none' }));
  pipeline.setRules({ classifier: classifierOf(head.codes), translators, policies: head.on, routes });
  for (const till of head.tills) await pipeline.addTill(playedTill(till, lines, clock), { expireMs: till.expireMs, duplicateMs: till.duplicateMs });
  const sinks = new Map<string, ReaderSink>();
  for (const { id, kind, unmatched, withSuffix, fallbackCharset } of head.readers) {
    await pipeline.addReader(playedReader(id, kind, (sink) => sinks.set(id, sink), clock), { unmatched, withSuffix, fallbackCharset });
  }
  const replayed = new Results();
  pipeline.on('goods', ({ read, till }) => replayed.add(till, goodsWords(hexOf(read.bytes), hexOf(read.terminator))));
  pipeline.on('outcome', ({ till, kind, code, outcome: name, reason }) => replayed.add(till, outcomeWords(kind, latin(code.reveal()), name, reason)));
  for (const line of lines) {
    await clock.advance(Math.max(0, line.t - clock.mono()));
    give(line, pipeline, sinks, clock);
  }
  await clock.advance(AFTERMATH_MS);
  return { events: lines.length, omitted: lines.filter(({ e }) => e === 'omitted').length, ...compare(recorded(lines), replayed) };
}

function give(line: RecordingLine, pipeline: Pipeline, sinks: ReadonlyMap<string, ReaderSink>, clock: Clock): void {
  switch (line.e) {
    case 'read': {
      const { bytes, terminator, ...read } = line;
      sinks.get(line.reader)?.read({ ...read, bytes: bytesOf(bytes), terminator: bytesOf(terminator), at: { mono: clock.mono(), wall: clock.wall() } });
      break;
    }
    case 'tail':
      sinks.get(line.reader)?.tail(bytesOf(line.bytes));
      break;
    case 'quiet':
      sinks.get(line.reader)?.quiet();
      break;
    case 'resumed':
      sinks.get(line.reader)?.resumed();
      break;
    case 'dropped':
      sinks.get(line.reader)?.dropped(line.reason, line.bytes);
      break;
    case 'scan': {
      pipeline.inject({ ...line, bytes: bytesOf(line.bytes) });
      break;
    }
    case 'order':
      pipeline.order(line.till, line.state, line.orderId);
      break;
    case 'answer':
    case 'till':
    case 'goods':
    case 'outcome':
    case 'omitted':
      // answers are given when they are asked for, results are compared
      break;
  }
}

/** What came out, by till, in order. */
class Results {
  readonly byTill = new Map<string, string[]>();

  add(till: string, words: string): void {
    const list = this.byTill.get(till) ?? [];
    list.push(words);
    this.byTill.set(till, list);
  }
}

const goodsWords = (bytes: string, terminator: string): string => `goods ${bytes} ${terminator}`;
const outcomeWords = (kind: string, code: string, name: string, reason: string | undefined): string => `${kind} ${code} ${name}${reason === undefined ? '' : ` (${reason})`}`;

function recorded(lines: readonly RecordingLine[]): Results {
  const results = new Results();
  for (const line of lines) {
    if (line.e === 'goods') results.add(line.till, goodsWords(line.bytes, line.terminator));
    else if (line.e === 'outcome') results.add(line.till, outcomeWords(line.kind, line.code, line.outcome, line.reason));
  }
  return results;
}

function compare(then: Results, now: Results): Pick<Replayed, 'goods' | 'outcomes' | 'differences'> {
  const differences: Difference[] = [];
  for (const till of new Set([...then.byTill.keys(), ...now.byTill.keys()])) {
    // goods and outcomes of one till each keep their order; between them a fsync more or less changes it
    for (const isGoods of [true, false]) {
      const [a, b] = [then, now].map(({ byTill }) => (byTill.get(till) ?? []).filter((words) => words.startsWith('goods ') === isGoods));
      const length = Math.max(a?.length ?? 0, b?.length ?? 0);
      for (let place = 0; place < length; place += 1) {
        if (a?.[place] !== b?.[place]) differences.push({ till, place: place + 1, recorded: a?.[place], replayed: b?.[place] });
      }
    }
  }
  const all = [...now.byTill.values()].flat();
  const goods = all.filter((words) => words.startsWith('goods ')).length;
  return { goods, outcomes: all.length - goods, differences };
}

function playedReader(id: string, kind: string, opened: (sink: ReaderSink) => void, clock: Clock): Reader {
  return {
    id,
    kind: kind as Reader['kind'],
    capabilities: { feedback: false },
    state: { status: 'ready', since: clock.wall() },
    open: (sink) => {
      opened(sink);
      return Promise.resolve();
    },
    feedback: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

function playedTill({ id, goods, keys, best, verify }: Recording['head']['tills'][number], lines: readonly RecordingLine[], clock: Clock): Adapter {
  const answers = lines.filter((line): line is LineOf<'till'> => line.e === 'till' && line.till === id);
  return {
    id,
    capabilities: { goods, best, verify, ...(keys ? { keys } : {}) },
    state: { status: 'ready', since: clock.wall() },
    open: () => Promise.resolve(),
    probe: () => Promise.resolve([]),
    deliver: async () => {
      const answer = answers.shift();
      if (answer === undefined) return outcome('failed', 'notRecorded');
      // when it was taken back, the till's answer to that is what was recorded
      await sleep(clock, answer.tookMs);
      return outcome(answer.outcome, answer.reason, answer.evidence);
    },
    ...(goods ? { goods: () => undefined } : {}),
    close: () => Promise.resolve(),
  };
}

/** Answers each code as it was answered then: the first time with the first answer, and so on. */
class PlayedTranslator implements Translator {
  readonly id: string;
  readonly type: string;
  readonly capabilities = { remote: false, hosts: [] };
  readonly #clock: Clock;
  readonly #answers = new Map<string, LineOf<'answer'>[]>();

  constructor(id: string, type: string, lines: readonly RecordingLine[], clock: Clock) {
    this.id = id;
    this.type = type;
    this.#clock = clock;
    for (const line of lines) {
      if (line.e !== 'answer' || line.translator !== id) continue;
      this.#answers.set(line.code, [...(this.#answers.get(line.code) ?? []), line]);
    }
  }

  translate({ text }: Parameters<Translator['translate']>[0], _context: unknown, signal: AbortSignal): Translation | Promise<Translation> {
    const answer = this.#answers.get(latin(text.reveal()))?.shift();
    if (answer === undefined) return { result: 'unavailable', reason: 'notRecorded' };
    const translation = translationOf(answer);
    return answer.tookMs < 1 ? translation : sleep(this.#clock, answer.tookMs, signal).then(() => translation);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function translationOf({ result, kind, number, reason }: LineOf<'answer'>): Translation {
  if ((result === 'found' || result === 'coupon') && kind !== undefined && number !== undefined) return { result, number: new NativeNumber(kind, number) };
  const why = reason === undefined ? {} : { reason };
  return { result, ...why } as Translation;
}

/** The replay's own time stands still while it writes: durable at once. */
class ForgetfulJournal implements Journal {
  append(): Promise<void> {
    return Promise.resolve();
  }
  open(): Promise<readonly []> {
    return Promise.resolve([]);
  }
  settle(): Promise<void> {
    return Promise.resolve();
  }
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const latin = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** The same ids in each replay. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 32;
  };
}
