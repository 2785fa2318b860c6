import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import koffi from 'koffi';

const here = fileURLToPath(new URL('.', import.meta.url));
const sources = fileURLToPath(new URL('../../../packages/readers/keyboard-helper/src', import.meta.url));

/** Compiles the helper's deciding part for this machine, checked for undefined behaviour. */
export function compileDecider(folder: string): Library {
  const path = join(folder, 'decide.so');
  const flags = ['-std=gnu11', '-O1', '-g', '-Wall', '-Wextra', '-Wconversion', '-Wno-sign-conversion', '-Werror', '-fsanitize=undefined', '-fsanitize-undefined-trap-on-error', '-fPIC', '-shared'];
  execFileSync('gcc', [...flags, `-I${sources}`, '-o', path, join(here, 'host.c'), join(sources, 'decide.c'), join(sources, 'keys.c')], { stdio: ['ignore', 'ignore', 'inherit'] });
  return new Library(path);
}

export interface Key {
  readonly usage: number;
  readonly down: boolean;
  /** Microseconds; in a test also the key's own number. */
  readonly at: number;
}

export interface Rule {
  readonly prefix: number;
  readonly modifiers?: number;
  readonly ends: number;
  readonly gapMs: number;
  readonly least: number;
}

type Call = (...values: unknown[]) => number;

export class Library {
  readonly #calls: Readonly<Record<string, Call>>;

  constructor(path: string) {
    const library = koffi.load(path);
    const call = (prototype: string): Call => library.func(prototype) as Call;
    this.#calls = {
      make: call('void *host_new(int, int, int, int, int, int)'),
      free: call('void host_free(void *)'),
      system: call('void host_system(void *, int, int)'),
      key: call('int host_key(void *, int, int, double)'),
      tick: call('void host_tick(void *, double)'),
      due: call('double host_due(void *)'),
      giveBack: call('void host_give_back(void *)'),
      lost: call('int host_lost(void *)'),
      typing: call('int host_typing(void *, _Out_ double *, int)'),
      reads: call('int host_reads(void *, _Out_ double *)'),
      usage: call('uint8_t tb_usage(uint16_t, bool)'),
    };
  }

  usage(scan: number, extended: boolean): number {
    return this.#call('usage')(scan, extended);
  }

  decider(rule: Rule, asks = false): Decider {
    const { prefix, modifiers = 0, ends, gapMs, least } = rule;
    return new Decider((name, ...values) => this.#call(name)(...values), this.#call('make')(prefix, modifiers, ends, gapMs, least, asks ? 1 : 0));
  }

  #call(name: string): Call {
    const call = this.#calls[name];
    if (call === undefined) throw new Error(name);
    return call;
  }
}

const ROOM = 65_536;

/** One machine, and what the rest of the system would see. */
export class Decider {
  /** What reached the rest of the system, in its order. */
  readonly system: Key[] = [];
  readonly reads: Key[][] = [];
  readonly #call: (name: string, ...values: unknown[]) => number;
  readonly #me: unknown;
  readonly #buffer = new Float64Array(4 * ROOM);

  constructor(call: (name: string, ...values: unknown[]) => number, me: unknown) {
    this.#call = call;
    this.#me = me;
  }

  key(key: Key): 'passed' | 'swallowed' {
    const swallowed = this.#call('key', this.#me, key.usage, key.down ? 1 : 0, key.at) === 1;
    if (!swallowed) this.system.push(key);
    this.#takeReads();
    return swallowed ? 'swallowed' : 'passed';
  }

  tick(at: number): void {
    this.#call('tick', this.#me, at);
    this.#takeReads();
  }

  /** What is to be typed again reaches the system, at most so many keys of it. */
  type(most = 10_000): void {
    const count = this.#call('typing', this.#me, this.#buffer, most);
    this.system.push(...this.#keys(0, count));
  }

  systemHas(usage: number, down: boolean): void {
    this.#call('system', this.#me, usage, down ? 1 : 0);
  }

  giveBack(): void {
    this.#call('giveBack', this.#me);
  }

  get due(): number {
    return this.#call('due', this.#me);
  }

  get lost(): number {
    return this.#call('lost', this.#me);
  }

  free(): void {
    this.#call('free', this.#me);
  }

  #takeReads(): void {
    const numbers = this.#call('reads', this.#me, this.#buffer);
    for (let at = 0; at < numbers; ) {
      const count = this.#buffer[at] ?? 0;
      this.reads.push(this.#keys(at + 1, count));
      at += 1 + count * 3;
    }
  }

  #keys(from: number, count: number): Key[] {
    return Array.from({ length: count }, (_, i) => {
      const [usage = 0, down = 0, at = 0] = this.#buffer.subarray(from + 3 * i, from + 3 * i + 3);
      return { usage, down: down !== 0, at };
    });
  }
}
