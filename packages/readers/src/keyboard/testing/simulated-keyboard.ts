import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SystemRoots } from '../../discovery/roots.js';
import { USAGE_OF_KEY } from '@tillbridge/core';
import { keysDown } from '../decode/input-events.js';
import type { KeyChange } from '../decode/key-change.js';
import type { EvdevBinding } from '../host/evdev-binding.js';
import { eventsOfKeys, inputEvents } from './input-events.js';
import { typed } from './typist.js';

/** Digits and Enter, as sysfs writes them: keys 0 to 63 in one word. */
const KEYS = 'fffffffffffffffe';

interface Opened {
  readonly queue: Uint8Array[];
  grabbed: boolean;
  tell: () => void;
}

/** A keyboard with its place in a made-up sysfs, and the kernel's side of its evdev node. */
export class SimulatedKeyboard {
  readonly roots: SystemRoots;
  readonly #folder: string;
  readonly #path: string;
  readonly #opened = new Map<number, Opened>();
  #plugged = false;
  #lastFd = 100;
  #lastAt = 0;
  readonly #down = new Set<number>();
  /** Keys that went to everybody because nobody had taken the keyboard. */
  leaked = 0;
  /** Keys that were let up for everybody. */
  letUp = 0;
  /** Another program has the keyboard. */
  takenByAnother = false;
  /** Signals get lost. */
  quiet = false;
  /** What opening it meets instead. */
  refuse: string | undefined;
  typesDigits = true;

  constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), 'tillbridge-keyboard-'));
    this.roots = { sys: join(this.#folder, 'sys'), dev: join(this.#folder, 'dev'), proc: join(this.#folder, 'proc') };
    this.#path = join(this.roots.dev, 'input/event5');
    mkdirSync(join(this.roots.dev, 'input'), { recursive: true });
    mkdirSync(join(this.roots.proc, 'bus/input'), { recursive: true });
    writeFileSync(join(this.roots.proc, 'bus/input/handlers'), 'N: Number=0 Name=kbd\nN: Number=1 Name=evdev Minor=64\n');
    this.replug();
  }

  get path(): string {
    return this.#path;
  }

  get openCount(): number {
    return this.#opened.size;
  }

  get grabbed(): boolean {
    return [...this.#opened.values()].some(({ grabbed }) => grabbed);
  }

  replug(): void {
    const device = join(this.roots.sys, 'class/input/event5/device');
    mkdirSync(join(device, 'id'), { recursive: true });
    mkdirSync(join(device, 'capabilities'), { recursive: true });
    for (const [file, content] of [['id/vendor', '0c2e'], ['id/product', '0b61'], ['name', 'Bench Wedge'], ['capabilities/key', KEYS]] as const) {
      writeFileSync(join(device, file), `${content}\n`);
    }
    this.#plugged = true;
    writeFileSync(this.#path, '');
  }

  unplug(): void {
    this.#plugged = false;
    this.#down.clear();
    rmSync(this.#path, { force: true });
    rmSync(join(this.roots.sys, 'class'), { recursive: true, force: true });
    for (const { tell } of [...this.#opened.values()]) tell();
  }

  /** Types these bytes, a key each millisecond by the device's own clock, in one piece. */
  send(bytes: Uint8Array): void {
    this.press(...typed(bytes, Math.max(this.#lastAt + 1, performance.now()), 1));
  }

  press(...changes: readonly KeyChange[]): void {
    for (const { usage, down, at } of changes) {
      this.#lastAt = at;
      const key = USAGE_OF_KEY.indexOf(usage);
      if (down) this.#down.add(key);
      else this.#down.delete(key);
    }
    this.#queue(eventsOfKeys(changes));
    if (!this.grabbed) this.leaked += changes.filter(({ down }) => down).length;
  }

  /** The kernel's queue runs over. */
  overrun(): void {
    this.#queue(inputEvents([{ type: 0, code: 3, value: 0, timeMs: 0 }, { type: 0, code: 0, value: 0, timeMs: 0 }]));
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  readonly binding: EvdevBinding = {
    open: (path) => {
      if (this.refuse !== undefined) throw errno(this.refuse);
      if (!this.#plugged || path !== this.#path) throw errno('ENOENT');
      this.#lastFd += 1;
      this.#opened.set(this.#lastFd, { queue: [], grabbed: false, tell: () => undefined });
      return this.#lastFd;
    },
    typesDigits: () => this.typesDigits,
    keysDown: (fd) => {
      this.#client(fd);
      const bits = new Uint8Array(96);
      for (const key of this.#down) bits[key >> 3] = (bits[key >> 3] ?? 0) | (1 << (key & 7));
      return bits;
    },
    letUp: (_, bitmap) => {
      this.letUp += keysDown(bitmap).length;
      this.#down.clear();
    },
    useMonotonicTime: () => undefined,
    grab: (fd) => {
      if (this.grabbed || this.takenByAnother) throw errno('EBUSY');
      this.#client(fd).grabbed = true;
    },
    ungrab: (fd) => {
      this.#client(fd).grabbed = false;
    },
    read: (fd, into) => {
      const client = this.#client(fd);
      const next = client.queue.shift();
      if (next === undefined) return 0;
      into.set(next.subarray(0, into.length));
      if (next.length > into.length) client.queue.unshift(next.subarray(into.length));
      return Math.min(next.length, into.length);
    },
    watch: (fd, tell) => {
      const client = this.#client(fd);
      client.tell = tell;
      return () => (client.tell = () => undefined);
    },
    close: (fd) => {
      this.#opened.delete(fd);
    },
  };

  #client(fd: number): Opened {
    const client = this.#opened.get(fd);
    if (client === undefined || !this.#plugged) throw errno('ENODEV');
    return client;
  }

  #queue(bytes: Uint8Array): void {
    for (const client of [...this.#opened.values()]) {
      if (this.grabbed && !client.grabbed) continue;
      client.queue.push(bytes);
      if (!this.quiet) client.tell();
    }
  }
}

function errno(code: string): Error {
  return Object.assign(new Error(code), { code });
}
