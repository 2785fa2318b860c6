import { systemClock, type Clock, type Code, type Log, type LogFields, type NumberKind, type Translation, type TranslationContext, type Translator } from '@tillbridge/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startPlatform, type PlatformFaults, type PlatformSimulator, type PlatformSite, type PlatformSpec, type SimulatedPreset } from '../platform/index.js';

/** What a translator is made of: the answers of a configuration, and the ports. */
export interface PresetSite extends PlatformSite {
  readonly clock: Clock;
  /** Time of a look-up, in milliseconds: far more than one takes. */
  readonly timeoutMs: number;
  readonly log: Log;
}

/** A code and what the preset has to make of it. */
export interface PresetCase {
  readonly name: string;
  readonly code: Code;
  readonly result: Translation['result'];
  /** In clear. */
  readonly number?: string;
  readonly kind?: NumberKind;
  readonly state?: string;
  readonly reason?: string;
}

export interface PresetSuite {
  /** The simulated platform: one of ours, or your own. */
  readonly platform: SimulatedPreset | PlatformSpec;
  readonly make: (site: PresetSite) => Translator | Promise<Translator>;
  /** Two of them at least are `found` with a number. */
  readonly cases: readonly PresetCase[];
  /** A code that is not for this platform: nothing is asked. */
  readonly foreign: Code;
  /** Requests of one look-up are authorised by something that is got anew when it is refused (a login, a digest nonce). Default false. */
  readonly renews?: boolean;
  /** Nobody has to log in. Default false. */
  readonly open?: boolean;
  /** 404 alone is its "not found", whatever comes with it: a wrong address looks the same. Default false. */
  readonly plain404?: boolean;
  /** What an empty 200 means. Default badResponse. */
  readonly empty?: Translation['result'];
}

/** What an answer may be when the platform's is no answer. */
const NO_ANSWER: readonly Translation['result'][] = ['badResponse', 'unavailable'];
const TIMEOUT_MS = 30_000;
const SHORT_MS = 1000;
const HURRY = 50;
/** How long a look-up may go on after its signal aborted, in milliseconds. */
const AFTER_ABORT_MS = 10_000;

/** Pauses between repeats are short; everything else takes the time that it takes. */
const hurried: Clock = { ...systemClock, timer: (ms, fn, options) => systemClock.timer(ms < SHORT_MS ? ms / HURRY : ms, fn, options) };

/** What a test may not find in a log, a trace or an answer: everything that is somebody's. */
function identifiersOf(simulator: PlatformSimulator, suite: PresetSuite): readonly string[] {
  const { guests, coupons, codes } = simulator.world;
  return [
    ...guests.flatMap(({ card, barcode, phone, externalId, uid }) => [card, barcode, phone, externalId, uid]),
    ...coupons.keys(),
    ...codes.keys(),
    ...Object.values(simulator.spec.secrets),
    ...suite.cases.flatMap(({ code, number }) => [code.text.reveal(), code.value.reveal(), number]),
  ].filter((text) => text !== undefined && text.length >= 4) as string[];
}

class MemoryLog implements Log {
  readonly lines: string[];

  constructor(lines: string[] = []) {
    this.lines = lines;
  }

  readonly debug = (event: string, fields?: LogFields): void => this.#add(event, fields);
  readonly info = (event: string, fields?: LogFields): void => this.#add(event, fields);
  readonly warn = (event: string, fields?: LogFields): void => this.#add(event, fields);
  readonly error = (event: string, fields?: LogFields): void => this.#add(event, fields);

  child(fields: LogFields): Log {
    this.#add('child', fields);
    return new MemoryLog(this.lines);
  }

  #add(event: string, fields: LogFields = {}): void {
    const errors = Object.values(fields).map((each) => (each instanceof Error ? `${each.message} ${String(each.stack)} ${String(each.cause)}` : ''));
    this.lines.push(`${event} ${JSON.stringify(fields)} ${errors.join(' ')}`);
  }
}

/**
 * Conformance of a preset: it reads its platform's answers right, and makes nothing of what is none. Real sockets on the loopback, real time,
 * and no wait for any of it.
 */
export function describePreset(name: string, suite: PresetSuite): void {
  describe(`preset ${name}`, () => {
    let simulator: PlatformSimulator;
    let translator: Translator;
    let log: MemoryLog;
    let shown: string[];
    const [first, second] = suite.cases.filter(({ result, number }) => result === 'found' && number !== undefined);
    if (first === undefined || second === undefined) throw new Error('two of the cases have to be found with a number');

    const open = async (secrets?: Readonly<Record<string, string>>): Promise<Translator> => {
      const { site } = simulator;
      return suite.make({ ...site, ...(secrets === undefined ? {} : { secrets }), clock: hurried, timeoutMs: TIMEOUT_MS, log });
    };

    beforeEach(async () => {
      log = new MemoryLog();
      shown = [];
      simulator = await startPlatform(suite.platform, { clock: systemClock });
      translator = await open();
    });
    afterEach(async () => {
      await translator.close();
      const identifiers = identifiersOf(simulator, suite);
      await simulator.close();
      const text = [...log.lines, ...shown].join('\n');
      for (const identifier of identifiers) expect(text).not.toContain(identifier);
    });

    const ask = async (code: Code, { signal = new AbortController().signal, of = translator } = {}): Promise<Translation> => {
      const context: TranslationContext = { scanId: 'scan-1', reader: 'reader-1', till: 'till-1', trace: (step) => void shown.push(step) };
      const answer = await of.translate(code, context, signal);
      shown.push(JSON.stringify(answer));
      return answer;
    };
    const withFaults = (faults: Partial<PlatformFaults>): void => void Object.assign(simulator.faults, faults);
    const expectCase = (answer: Translation, { result, number, kind, state, reason }: PresetCase): void => {
      const seen = {
        result: answer.result,
        ...('number' in answer ? { number: answer.number.reveal(), kind: answer.number.kind } : {}),
        ...('state' in answer ? { state: answer.state } : {}),
        ...('reason' in answer ? { reason: answer.reason } : {}),
      };
      const wanted = { result, ...(number === undefined ? {} : { number }), ...(kind === undefined ? {} : { kind }), ...(state === undefined ? {} : { state }), ...(reason === undefined ? {} : { reason }) };
      expect(seen).toMatchObject(wanted);
    };

    test.each(suite.cases.map((each) => [each.name, each] as const))('%s', async (_, each) => {
      expectCase(await ask(each.code), each);
    });

    test('a code that is not for it is not sent', async () => {
      expect((await ask(suite.foreign)).result).toBe('notFound');
      expect(simulator.requests).toBe(0);
    });

    test.skipIf(suite.open === true)('a wrong key is an authError, not a guest who is not found', async () => {
      const wrong = await open(Object.fromEntries(Object.keys(simulator.spec.secrets).map((key) => [key, 'not-the-right-one'])));
      expect((await ask(first.code, { of: wrong })).result).toBe('authError');
      await wrong.close();
    });

    test.skipIf(suite.renews !== true)('refused once, or with what it was given gone: it gets another and asks again', async () => {
      withFaults({ unauthorised: 1 });
      expectCase(await ask(first.code), first);
      simulator.expireTokens();
      expectCase(await ask(second.code), second);
      expect(simulator.faults.unauthorised).toBe(0);
    });

    test('names the host and nothing else that it may contact', () => {
      expect(translator.capabilities.remote).toBe(true);
      expect(translator.capabilities.hosts.join()).toContain(new URL(simulator.url).hostname);
    });

    test('429 is rateLimited, with the time that the platform named', async () => {
      withFaults({ rateLimited: 10, retryAfter: '7' });
      expect(await ask(first.code)).toMatchObject({ result: 'rateLimited', retryAfterMs: 7000 });
    });

    test('500 and 503 mean that it is unavailable, not that nobody is there', async () => {
      for (const [status, { code }] of [[500, first], [503, second]] as const) {
        withFaults({ failures: 10, status });
        expect((await ask(code)).result).toBe('unavailable');
      }
    });

    test.skipIf(suite.plain404 === true)('404 with the page of a web server is a wrong address, not a guest who is not there', async () => {
      withFaults({ failures: 10, status: 404 });
      expect(NO_ANSWER).toContain((await ask(first.code)).result);
    });

    test('204 is not somebody', async () => {
      withFaults({ failures: 10, status: 204 });
      const { result } = await ask(first.code);
      expect([...NO_ANSWER, ...(suite.empty === undefined ? [] : [suite.empty])]).toContain(result);
    });

    test('a connection that drops, before the work or after it', async () => {
      withFaults({ dropBeforeWork: 50 });
      expect((await ask(first.code)).result).toBe('unavailable');
      withFaults({ dropBeforeWork: 0, dropAfterWork: 1 });
      // repeated where look-ups are, else unavailable: never something about the guest
      expect(['found', 'unavailable']).toContain((await ask(second.code)).result);
    });

    test('a platform that never answers costs what the caller wants to wait', async () => {
      withFaults({ silent: true });
      const controller = new AbortController();
      const pending = ask(first.code, { signal: controller.signal });
      await until(() => simulator.holding > 0);
      controller.abort();
      expect((await within(pending)).result).toBe('unavailable');
    });

    test('a body that comes to a stop costs no more', async () => {
      withFaults({ slowBodyMs: 600_000 });
      const controller = new AbortController();
      const pending = ask(first.code, { signal: controller.signal });
      await until(() => simulator.holding > 0);
      controller.abort();
      expect((await within(pending)).result).toBe('unavailable');
    });

    test.each(['garbage', 'truncated', 'otherShape', 'html', 'echo', 'huge', 'gzipBomb', 'entityBomb', 'deep'] as const)('%s is no answer', async (answer) => {
      withFaults({ answer });
      expect(NO_ANSWER).toContain((await within(ask(first.code))).result);
    });

    test('an empty 200 is what the platform means by it', async () => {
      withFaults({ answer: 'empty' });
      expect((await ask(first.code)).result).toBe(suite.empty ?? 'badResponse');
    });

    test('a redirect is not followed: keys stay with their host', async () => {
      const other = await startPlatform(suite.platform, { clock: systemClock });
      try {
        withFaults({ answer: 'redirect', redirectTo: `${other.url}/` });
        expect(NO_ANSWER).toContain((await ask(first.code)).result);
        expect(other.requests).toBe(0);
      } finally {
        await other.close();
      }
    });

    test('a certificate that nobody vouches for is no platform', async () => {
      const other = await startPlatform(suite.platform, { clock: systemClock, tls: true });
      try {
        const { site } = other;
        const secured = await suite.make({ ...site, clock: hurried, timeoutMs: TIMEOUT_MS, log });
        expect((await ask(first.code, { of: secured })).result).toBe('unavailable');
        expect(other.requests).toBe(0);
        await secured.close();
      } finally {
        await other.close();
      }
    });

    test('line breaks in what it answers reach no till', async () => {
      withFaults({ answer: 'crlf' });
      const answer = await ask(first.code);
      if ('number' in answer) expect(answer.number.reveal()).toBe(first.number);
    });

    test('another charset, named or not, changes no number', async () => {
      for (const charset of ['windows-1251', 'mislabelled'] as const) {
        withFaults({ charset });
        const answer = await ask(charset === 'mislabelled' ? second.code : first.code);
        if ('number' in answer) expect(answer.number.reveal()).toBe(charset === 'mislabelled' ? second.number : first.number);
        else expect(NO_ANSWER).toContain(answer.result);
      }
    });
  });
}

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + AFTER_ABORT_MS;
  while (!condition()) {
    if (Date.now() > end) throw new Error('nothing came to the platform');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${String(AFTER_ABORT_MS)} ms`)), AFTER_ABORT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
