import { createConnection, type Socket } from 'node:net';
import { readFileSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import { deadline, raceAbort, TillbridgeError, type Clock } from '@tillbridge/core';
import { MAP_PARTS, parseMap, type Keymap } from './keymap.js';
import { cookieOf } from './xauthority.js';

// The one file that speaks the X protocol, through the `x11` package, which is JavaScript throughout. libX11 must never be loaded: it ends the
// whole process when its server goes away (XIO error handler, libX11 src/xlibi18n and XIOError(3)).

export interface XServerOptions {
  readonly till: string;
  /** `:0`, `:1.0`; local screens only. */
  readonly display: string;
  /** Default $XAUTHORITY, then ~/.Xauthority. */
  readonly xauthority?: string | undefined;
}

/** State of modifiers and layouts (XKB protocol, XkbGetState). */
export interface XkbState {
  readonly mods: number;
  readonly baseMods: number;
  readonly latchedMods: number;
  readonly lockedMods: number;
  readonly group: number;
  readonly baseGroup: number;
  readonly latchedGroup: number;
  readonly lockedGroup: number;
}

/** The connection is gone: the request may or may not have been carried out. */
export class XLost extends Error {}

interface Reply {
  readonly data: Buffer;
  readonly type: number;
}
type Callback<T> = (error: unknown, value: T) => unknown;

/** The part of the package's client that is used. */
interface XClient {
  seq_num: number;
  readonly replies: Record<number, unknown>;
  readonly pack_stream: { put(packet: Buffer): void; submit(expectsReply?: boolean): void };
  on(event: 'error' | 'end' | 'event', listener: (value: { readonly name?: string; readonly type?: number; readonly xkbType?: number }) => void): void;
  require(name: string, done: Callback<Record<string, unknown>>): void;
  AllocID(): number;
  GrabServer(): void;
  UngrabServer(): void;
  CreateWindow(id: number, parent: number, x: number, y: number, width: number, height: number, border: number, depth: number, kind: number, visual: number, values: object): void;
  GrabKeyboard(window: number, ownerEvents: boolean, time: number, pointerMode: number, keyboardMode: number, done: Callback<number>): void;
  UngrabKeyboard(time: number): void;
  GetInputFocus(done: Callback<{ readonly focus: number }>): void;
  QueryKeymap(done: Callback<Buffer | readonly number[]>): void;
  QueryTree(window: number, done: Callback<{ readonly parent: number; readonly children: readonly number[] }>): void;
  QueryPointer(window: number, done: Callback<{ readonly child: number }>): void;
  InternAtom(onlyIfExists: boolean, name: string, done: Callback<number>): void;
  GetAtomName(atom: number, done: Callback<string>): void;
  GetProperty(erase: number, window: number, property: number, type: number, offset: number, length: number, done: Callback<Reply>): void;
}
interface Xtest {
  FakeInput(type: number, keycode: number, time: number, window: number, x: number, y: number): void;
}
interface Xkb {
  readonly majorOpcode: number;
  GetState(device: number, done: Callback<XkbState>): void;
  GetNames(device: number, which: number, done: Callback<{ readonly groupNamesList?: readonly number[] }>): void;
  SelectEvents(device: number, affect: number, clear: number, all: number, affectMap: number, map: number): void;
  LatchLockState(device: number, affectLocks: number, locks: number, lockGroup: boolean, group: number, affectLatches: number, latches: number, latchGroup: boolean, groupLatch: number): void;
}
interface X11Package {
  createClient(options: object, done: Callback<{ readonly client: XClient; readonly screen: readonly { readonly root: number }[]; readonly min_keycode: number; readonly max_keycode: number }>): XClient;
}

/** Where every X server of a machine listens (Xserver(1)). */
const SOCKETS = join('/tmp', '.X11-unix');

const CORE_KEYBOARD = 0x100;
const KEY_PRESS = 2;
const KEY_RELEASE = 3;
const MAPPING_NOTIFY = 34;
/** XkbNewKeyboardNotify, XkbMapNotify. */
const MAP_CHANGES: readonly number[] = [0, 1];
const SELECT_MAP = 0b11;
const GROUP_NAMES = 1 << 12;
/** Time budget of making the connection, in milliseconds. */
const OPEN_MS = 5000;
/** A window's title and class are cut here; in units of four bytes. */
const PROPERTY_WORDS = 256;

/** A connection to an X server. Requests go out in the order of the calls; every one rejects with {@link XLost} when the connection ends. */
export class XServer {
  readonly root: number;
  /** Settles when the connection is over. */
  readonly ended: Promise<void>;
  readonly #socket: Socket;
  readonly #x: XClient;
  readonly #test: Xtest;
  readonly #xkb: Xkb;
  readonly #keys: { readonly first: number; readonly last: number };
  readonly #atoms = new Map<string, number>();
  readonly #over = new AbortController();
  /** Never shown: what grabs are tried with. */
  readonly #probe: number;
  #keymap: Keymap | undefined;

  constructor(socket: Socket, x: XClient, display: { readonly root: number; readonly first: number; readonly last: number }, test: Xtest, xkb: Xkb) {
    this.#socket = socket;
    this.#x = x;
    this.#test = test;
    this.#xkb = xkb;
    this.#keys = display;
    this.root = display.root;
    this.ended = new Promise((resolve) => this.#over.signal.addEventListener('abort', () => resolve(), { once: true }));
    const end = (): void => this.#over.abort();
    socket.once('close', end);
    if (socket.destroyed) end();
    // errors of requests reach their callers; others belong to requests without an answer, whose effect is looked at
    x.on('error', () => undefined);
    x.on('event', ({ name, type, xkbType }) => {
      if (type === MAPPING_NOTIFY || name === 'MappingNotify' || (xkbType !== undefined && MAP_CHANGES.includes(xkbType))) this.#keymap = undefined;
    });
    xkb.SelectEvents(CORE_KEYBOARD, SELECT_MAP, 0, SELECT_MAP, 0xff, 0xff);
    this.#probe = x.AllocID();
    x.CreateWindow(this.#probe, this.root, -1, -1, 1, 1, 0, 0, 2, 0, {});
  }

  get over(): boolean {
    return this.#over.signal.aborted;
  }

  /** Sends what `requests` asks for in one piece. */
  batch(requests: () => void): void {
    if (this.over) throw new XLost('the connection is closed');
    this.#socket.cork();
    try {
      requests();
    } finally {
      this.#socket.uncork();
    }
  }

  /** From here to `ungrab` the server does nothing for anybody else (X11 protocol, GrabServer). */
  grab(): void {
    this.batch(() => this.#x.GrabServer());
  }

  ungrab(): void {
    this.#x.UngrabServer();
  }

  key(keycode: number, down: boolean): void {
    this.#test.FakeInput(down ? KEY_PRESS : KEY_RELEASE, keycode, 0, 0, 0, 0);
  }

  /** Sets the locked modifiers and the locked layout, and clears what is latched. */
  lock(mods: number, group: number, latched = 0): void {
    this.#xkb.LatchLockState(CORE_KEYBOARD, 0xff, mods, true, group, 0xff, latched, true, 0);
  }

  state(): Promise<XkbState> {
    return this.#ask((done) => this.#xkb.GetState(CORE_KEYBOARD, done));
  }

  async focus(): Promise<number> {
    return (await this.#ask<{ readonly focus: number }>((done) => this.#x.GetInputFocus(done))).focus;
  }

  /** The child of `window` under the pointer; 0 where there is none. */
  async under(window: number): Promise<number> {
    return (await this.#ask<{ readonly child: number }>((done) => this.#x.QueryPointer(window, done))).child;
  }

  tree(window: number): Promise<{ readonly parent: number; readonly children: readonly number[] }> {
    return this.#ask((done) => this.#x.QueryTree(window, done));
  }

  /** Keycodes that are down. */
  async keysDown(): Promise<readonly number[]> {
    const bits = Buffer.from(await this.#ask<Buffer | readonly number[]>((done) => this.#x.QueryKeymap(done)));
    return Array.from({ length: 256 }, (_, key) => key).filter((key) => (((bits[key >> 3] ?? 0) >> (key & 7)) & 1) === 1);
  }

  /**
   * Whether another program has taken the keyboard for itself (a screen locker, an open menu). A grab on a window that is not shown fails
   * either way, and says which: the server looks for other grabs first (xorg-server, dix/events.c, GrabDevice).
   */
  async grabbed(): Promise<boolean> {
    const status = await this.#ask<number>((done) => this.#x.GrabKeyboard(this.#probe, false, 0, 1, 1, done));
    if (status === 0) this.#x.UngrabKeyboard(0);
    return status === 1;
  }

  /** A property's bytes; undefined where the window has none, or is gone. */
  async property(window: number, name: string): Promise<Buffer | undefined> {
    const atom = this.#atoms.get(name) ?? (await this.#ask<number>((done) => this.#x.InternAtom(false, name, done)));
    this.#atoms.set(name, atom);
    const reply = await this.#ask<Reply>((done) => this.#x.GetProperty(0, window, atom, 0, 0, PROPERTY_WORDS, done)).catch(notLost);
    return reply === undefined || reply.data.length === 0 ? undefined : reply.data;
  }

  /** The layouts, as they are after everything that the server has answered so far. */
  async keymap(): Promise<Keymap> {
    if (this.#keymap !== undefined) return this.#keymap;
    const body = await this.#ask<Buffer>((done) => this.#getMap(done));
    this.#keymap = parseMap(body);
    return this.#keymap;
  }

  /** Names of the layouts, in their order. */
  async layoutNames(): Promise<readonly string[]> {
    const { groupNamesList = [] } = await this.#ask<{ readonly groupNamesList?: readonly number[] }>((done) => this.#xkb.GetNames(CORE_KEYBOARD, GROUP_NAMES, done));
    return Promise.all(groupNamesList.map((atom) => this.#ask<string>((done) => this.#x.GetAtomName(atom, done))));
  }

  /** Ends the connection at once: the server gives back what was grabbed. */
  close(): void {
    this.#over.abort();
    this.#socket.destroy();
  }

  #ask<T>(request: (done: Callback<T>) => void): Promise<T> {
    if (this.over) return Promise.reject(new XLost('the connection is closed'));
    const answer = new Promise<T>((resolve, reject) => {
      request((error, value) => {
        if (error === null || error === undefined) resolve(value);
        else reject(new Error('the X server refused a request'));
        // handled: the package need not tell it again
        return true;
      });
    });
    return raceAbort(answer, this.#over.signal, () => {
      throw new XLost('the connection is closed');
    });
  }

  /** The package has no XkbGetMap (opcode 8). */
  #getMap(done: Callback<Buffer>): void {
    const request = Buffer.alloc(28);
    request.writeUInt8(this.#xkb.majorOpcode, 0);
    request.writeUInt8(8, 1);
    request.writeUInt16LE(7, 2);
    request.writeUInt16LE(CORE_KEYBOARD, 4);
    request.writeUInt16LE(MAP_PARTS, 6);
    request.writeUInt8(this.#keys.first, 13);
    request.writeUInt8(Math.min(255, this.#keys.last - this.#keys.first + 1), 14);
    this.#x.seq_num += 1;
    this.#x.replies[this.#x.seq_num] = [(body: Buffer) => Buffer.from(body), done];
    this.#x.pack_stream.put(request);
    this.#x.pack_stream.submit(true);
  }
}

function notLost(error: unknown): undefined {
  if (error instanceof XLost) throw error;
  return undefined;
}

/**
 * Connects to a local X server and to its extensions.
 *
 * @throws {TillbridgeError} `TB_TILL_KEYBOARD_NO_DISPLAY`, `TB_TILL_KEYBOARD_NO_XTEST`, `TB_NATIVE_MISSING` without the x11 package.
 */
export async function connectX(options: XServerOptions, clock: Clock, signal: AbortSignal): Promise<XServer> {
  const { till, display } = options;
  const number = /^(?:unix)?:(\d{1,5})(?:\.\d+)?$/.exec(display)?.[1];
  const failed = (problem: string): TillbridgeError => new TillbridgeError('TB_TILL_KEYBOARD_NO_DISPLAY', { till, place: display, problem });
  if (number === undefined) throw failed(display === '' ? 'no screen is named' : 'only local screens such as :0 are served');
  const x11 = await loadX11();
  const limit = deadline(clock, OPEN_MS, signal);
  const socket = createConnection(join(SOCKETS, `X${number}`));
  // at any time, also before anybody waits for it: an error that nobody hears ends the process
  socket.on('error', () => socket.destroy());
  try {
    const opening = open(x11, socket, options, number);
    return await raceAbort(opening, limit.signal, () => {
      throw failed('no answer in time');
    });
  } catch (error) {
    socket.destroy();
    if (error instanceof TillbridgeError) throw error;
    throw failed(error instanceof Error ? error.message : String(error));
  } finally {
    limit.dispose();
  }
}

async function open(x11: X11Package, socket: Socket, options: XServerOptions, number: string): Promise<XServer> {
  const { till, display } = options;
  const auth = cookieOf(readCookies(options.xauthority), hostname(), number);
  const connected = await new Promise<Parameters<Parameters<X11Package['createClient']>[1]>[1]>((resolve, reject) => {
    socket.once('error', reject);
    const client = x11.createClient({ stream: socket, display, auth, disableBigRequests: true, shm: false }, (error, value) => {
      if (error === null || error === undefined) resolve(value);
      else reject(error instanceof Error ? error : new Error(typeof error === 'string' ? error : 'the server refused the connection'));
    });
    // a refusal in the handshake is told as an event
    client.on('error', (error) => reject(error instanceof Error ? error : new Error('the server refused the connection')));
  });
  socket.on('end', () => socket.destroy());
  const extension = async <T>(name: string, shown: string): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      connected.client.require(name, (error, value) => {
        if (error === null || error === undefined) resolve(value as T);
        else reject(new TillbridgeError('TB_TILL_KEYBOARD_NO_XTEST', { till, place: display, extension: shown }));
        return true;
      });
    });
  const [test, xkb] = [await extension<Xtest>('xtest', 'XTEST'), await extension<Xkb>('xkb', 'XKEYBOARD')];
  const screen = connected.screen[0];
  if (screen === undefined) throw new Error('the server has no screen');
  return new XServer(socket, connected.client, { root: screen.root, first: connected.min_keycode, last: connected.max_keycode }, test, xkb);
}

async function loadX11(): Promise<X11Package> {
  try {
    // @ts-expect-error -- the package has no types; what is used of it stands above
    const { default: x11 } = (await import('x11')) as { readonly default: X11Package };
    return x11;
  } catch (cause) {
    throw new TillbridgeError('TB_NATIVE_MISSING', { package: 'x11', purpose: 'transport: xtest' }, { cause });
  }
}

function readCookies(path: string | undefined): Buffer {
  const { XAUTHORITY } = process.env;
  const file = path ?? (XAUTHORITY === undefined || XAUTHORITY === '' ? join(homedir(), '.Xauthority') : XAUTHORITY);
  try {
    return readFileSync(file);
  } catch (error) {
    // a server may let everybody of this machine in
    if (path === undefined) return Buffer.alloc(0);
    throw error;
  }
}
