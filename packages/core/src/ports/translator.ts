import type { Code } from '../code.js';
import type { Masked } from '../masked.js';
import type { Translation } from '../translation.js';
import type { ProbeRow } from './part.js';

/** What a translator may know beside the code. */
export interface TranslationContext {
  readonly scanId: string;
  readonly reader: string;
  readonly till?: string;
  /** What the guest named after `confirmRequired`, where the giver of the scan asked for it. */
  readonly confirmation?: Masked;
  /** Called once for each step worth showing in `translate`; texts are masked by the caller of the trace. */
  readonly trace?: (step: string) => void;
  /** The trace names each request and the rule that decided about its answer. */
  readonly detail?: boolean;
}

export interface TranslatorCapabilities {
  /** True when `translate` leaves this machine. */
  readonly remote: boolean;
  /** Hosts that it may contact, for `config show`. */
  readonly hosts: readonly string[];
  /**
   * Asking changes nothing and tells nobody, and the answer holds for the next milliseconds: it may be asked about a read that may still
   * turn out to be goods. Default false.
   */
  readonly ahead?: boolean;
}

/** Turns a code into the store's own number. */
export interface Translator {
  readonly id: string;
  readonly type: string;
  readonly capabilities: TranslatorCapabilities;
  /**
   * Answers with one of the closed set, at the latest when `signal` aborts. A local translator answers without a promise, so that
   * nothing waits for a turn of the event loop. `notFound` also means "not mine": the next translator is asked.
   */
  translate(code: Code, context: TranslationContext, signal: AbortSignal): Translation | Promise<Translation>;
  /** `translate` is likely to be asked for this code within milliseconds: local data may be brought to hand. Tells nobody, never throws. */
  expect?(code: Code): void;
  probe?(signal: AbortSignal): Promise<readonly ProbeRow[]>;
  close(): Promise<void>;
}
