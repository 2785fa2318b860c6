import { setImmediate as turn } from 'node:timers/promises';
import { codeOf, Masked, silentLog, systemClock, type Clock, type Code, type Translation, type Translator } from '@tillbridge/core';
import type { PlatformInput } from '../definition.js';
import type { HttpTranslator, HttpTranslatorOptions } from '../http-translator.js';
import { translatorOfPreset } from '../of-preset.js';
import { LITTLE, LittlePlatform, type Answering } from './little-platform.js';

export const never: AbortSignal = new AbortController().signal;
export const CARD = codeOf('card', '9800112233445566');

export interface Made {
  readonly clock?: Clock;
  readonly input?: Partial<PlatformInput>;
  readonly options?: Partial<HttpTranslatorOptions>;
  readonly secrets?: Readonly<Record<string, string>>;
}

export interface AskOptions {
  readonly signal?: AbortSignal;
  readonly confirmation?: string;
  readonly detail?: boolean;
}

/** Translators and platforms of one test file: made in its tests, closed after each with `end`. */
export class Asking {
  readonly closing: (() => Promise<void>)[] = [];
  readonly steps: string[] = [];

  /** Closes what a test made, and gives what its traces showed. */
  async end(): Promise<string> {
    await Promise.all(this.closing.splice(0).map((close) => close()));
    return this.steps.splice(0).join('\n');
  }

  readonly platformOf = async (answer: Answering): Promise<LittlePlatform> => {
    const platform = await new LittlePlatform(answer).open();
    this.closing.push(() => platform.close());
    return platform;
  };

  readonly translatorOf = (platform: Pick<LittlePlatform, 'baseUrl'>, { clock = systemClock, input = {}, options = {}, secrets = {} }: Made = {}): HttpTranslator => {
    const translator = translatorOfPreset({ ...LITTLE, ...input }, { baseUrl: platform.baseUrl, secrets, clock, log: silentLog }, { timeoutMs: 30_000, ...options });
    this.closing.push(() => translator.close());
    return translator;
  };

  readonly ask = async (translator: Translator, code: Code = CARD, { signal = never, confirmation, detail = false }: AskOptions = {}): Promise<Translation> => {
    const named = confirmation === undefined ? {} : { confirmation: new Masked(confirmation) };
    return translator.translate(code, { scanId: 'scan-1', reader: 'r', detail, trace: (step) => void this.steps.push(step), ...named }, signal);
  };

  readonly small = async (answer: Answering, made: Made = {}): Promise<[LittlePlatform, HttpTranslator]> => {
    const platform = await this.platformOf(answer);
    return [platform, this.translatorOf(platform, made)];
  };
}

/** What no trace may show, whatever happened. */
export const SOMEBODYS = /9800112233445566|2000000012345|79001234567|s3cret|482915/;

/** Resolves when it is so; a bound, not an expectation. */
export async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + 20_000;
  while (!condition()) {
    if (performance.now() > end) throw new Error('it never came to it');
    await turn();
  }
}
