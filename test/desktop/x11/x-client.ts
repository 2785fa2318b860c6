import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const DEVICE = fileURLToPath(new URL('../../../packages/adapter-device/package.json', import.meta.url));

/** What the suites use of the x11 package, as somebody else at the same screen: a user, another program, a window manager. */
interface Client {
  readonly stream: { destroy(): void };
  on(event: string, listener: () => void): void;
  require(name: string, done: (error: unknown, extension: Xtest & Xkb) => void): void;
  SetInputFocus(window: number, revertTo: number): void;
  RaiseWindow(window: number): void;
  DestroyWindow(window: number): void;
  KillClient(window: number): void;
  CreateWindow(id: number, parent: number, x: number, y: number, width: number, height: number, border: number, depth: number, kind: number, visual: number, values: object): void;
  MapWindow(window: number): void;
  AllocID(): number;
  GrabKeyboard(window: number, ownerEvents: boolean, time: number, pointerMode: number, keyboardMode: number, done: (error: unknown, status: number) => void): void;
  UngrabKeyboard(time: number): void;
  GetInputFocus(done: (error: unknown, value: { focus: number }) => void): void;
  QueryTree(window: number, done: (error: unknown, value: { children: number[] }) => boolean): void;
  GetProperty(erase: number, window: number, property: number, type: number, offset: number, length: number, done: (error: unknown, value: { data: Buffer }) => boolean): void;
  GetKeyboardMapping(first: number, count: number, done: (error: unknown, value: number[][]) => void): void;
}
interface Xtest {
  FakeInput(type: number, keycode: number, time: number, window: number, x: number, y: number): void;
}
interface Xkb {
  LatchLockState(device: number, affect: number, locks: number, lockGroup: boolean, group: number, affectLatches: number, latches: number, latchGroup: boolean, groupLatch: number): void;
  GetState(device: number, done: (error: unknown, state: { mods: number; lockedMods: number; group: number }) => void): void;
}
interface Display {
  readonly client: Client;
  readonly screen: readonly { readonly root: number }[];
  readonly min_keycode: number;
  readonly max_keycode: number;
}
interface Package {
  createClient(options: object, done: (error: unknown, display: Display) => void): Client;
}

const WM_NAME = 39;

/** Somebody else at the screen. */
export class Somebody {
  readonly #display: Display;
  readonly #test: Xtest;
  readonly #xkb: Xkb;
  readonly #keys: ReadonlyMap<number, number>;
  #lock = 0;

  private constructor(display: Display, test: Xtest, xkb: Xkb, keys: ReadonlyMap<number, number>) {
    this.#display = display;
    this.#test = test;
    this.#xkb = xkb;
    this.#keys = keys;
  }

  static async come(name: string): Promise<Somebody> {
    const x11 = createRequire(DEVICE)('x11') as Package;
    const display = await new Promise<Display>((resolve, reject) => {
      x11.createClient({ display: name, shm: false }, (error, value) => (error === undefined || error === null ? resolve(value) : reject(new Error('no X'))));
    });
    const { client } = display;
    client.on('error', () => undefined);
    const extension = (ext: string) => new Promise<Xtest & Xkb>((resolve) => client.require(ext, (_, value) => resolve(value)));
    const rows = await new Promise<number[][]>((resolve) => client.GetKeyboardMapping(display.min_keycode, display.max_keycode - display.min_keycode + 1, (_, value) => resolve(value)));
    const keys = new Map<number, number>();
    rows.forEach((symbols, i) => {
      const symbol = symbols[0] ?? 0;
      if (!keys.has(symbol)) keys.set(symbol, display.min_keycode + i);
    });
    return new Somebody(display, await extension('xtest'), await extension('xkb'), keys);
  }

  /** The first program window with this title. */
  async window(title: string): Promise<number | undefined> {
    const { client, screen } = this.#display;
    const tree = (window: number) => new Promise<number[]>((resolve) => client.QueryTree(window, (error, value) => (resolve(error === null || error === undefined ? value.children : []), true)));
    const name = (window: number) =>
      new Promise<string>((resolve) => client.GetProperty(0, window, WM_NAME, 0, 0, 64, (error, value) => (resolve(error === null || error === undefined ? value.data.toString('latin1') : ''), true)));
    const look = async (window: number, depth: number): Promise<number | undefined> => {
      for (const child of await tree(window)) {
        if ((await name(child)).includes(title)) return child;
        const below = depth > 0 ? await look(child, depth - 1) : undefined;
        if (below !== undefined) return below;
      }
      return undefined;
    };
    return look(screen[0]!.root, 2);
  }

  /** Gives a window the focus, without asking a window manager; resolves when it has it. */
  async focus(window: number): Promise<void> {
    const { client } = this.#display;
    client.RaiseWindow(window);
    client.SetInputFocus(window, 1);
    await this.sync();
  }

  /** Nobody has the focus. */
  async focusNone(): Promise<void> {
    this.#display.client.SetInputFocus(0, 0);
    await this.sync();
  }

  sync(): Promise<void> {
    return new Promise((resolve) => this.#display.client.GetInputFocus(() => resolve()));
  }

  key(symbol: number, down: boolean): void {
    this.#test.FakeInput(down ? 2 : 3, this.#keys.get(symbol)!, 0, 0, 0, 0);
  }

  tap(symbol: number): void {
    this.key(symbol, true);
    this.key(symbol, false);
  }

  /** Makes a layout the active one. */
  async group(group: number): Promise<void> {
    this.#xkb.LatchLockState(0x100, 0, 0, true, group, 0, 0, false, 0);
    await this.sync();
  }

  /** Locks or frees a modifier: 2 is Caps Lock. */
  async lock(mask: number, on: boolean): Promise<void> {
    this.#xkb.LatchLockState(0x100, mask, on ? mask : 0, false, 0, 0, 0, false, 0);
    await this.sync();
  }

  state(): Promise<{ mods: number; lockedMods: number; group: number }> {
    return new Promise((resolve) => this.#xkb.GetState(0x100, (_, state) => resolve(state)));
  }

  /** Takes the keyboard, as a screen locker does. Gives what the server said: 0 is a success. */
  takeKeyboard(): Promise<number> {
    const { client, screen } = this.#display;
    if (this.#lock === 0) {
      this.#lock = client.AllocID();
      // no window manager has a say in it
      client.CreateWindow(this.#lock, screen[0]!.root, 0, 0, 10, 10, 0, 0, 0, 0, { overrideRedirect: true });
      client.MapWindow(this.#lock);
    }
    const window = this.#lock;
    return new Promise((resolve) => client.GrabKeyboard(window, false, 0, 1, 1, (_, status) => resolve(status)));
  }

  async giveKeyboardBack(): Promise<void> {
    this.#display.client.UngrabKeyboard(0);
    this.#display.client.DestroyWindow(this.#lock);
    this.#lock = 0;
    await this.sync();
  }

  kill(window: number): void {
    this.#display.client.KillClient(window);
  }

  leave(): void {
    this.#display.client.stream.destroy();
  }
}
