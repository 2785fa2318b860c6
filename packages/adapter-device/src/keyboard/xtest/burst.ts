import type { KeyEdge } from './key-plan.js';
import { isHeldModifier } from './keysyms.js';
import { XLost, type XkbState, type XServer } from './x-server.js';

/** What is done to the keyboard's state around the keys, and undone: within one grab of the server. */
export class Burst {
  readonly #x: XServer;
  #before: XkbState | undefined;
  #released: readonly number[] = [];
  #locked = false;
  /** Whether a key went out. */
  played = false;

  constructor(x: XServer) {
    this.#x = x;
  }

  /**
   * Lets go of what is held down and would change the keys or swallow them, clears Caps Lock, Num Lock and latches, and locks the layout;
   * `group` undefined: leaves layout and locks alone. False when the server did not follow: nothing may be played then.
   */
  async prepare(group: number | undefined, keys: readonly number[]): Promise<boolean> {
    const x = this.#x;
    const [down, before, map] = [await x.keysDown(), await x.state(), await x.keymap()];
    this.#before = before;
    // a key that is down already would be no key press for the program (xorg-server, Xi/exevents.c, UpdateDeviceState)
    const release = down.filter((key) => keys.includes(key) || map.modifiersOf(key) !== 0);
    this.#released = release.filter((key) => isHeldModifier(map.symbolOf(key)));
    if (group === undefined) {
      x.batch(() => release.forEach((key) => x.key(key, false)));
      return true;
    }
    this.#locked = true;
    x.batch(() => {
      release.forEach((key) => x.key(key, false));
      x.lock(0, locked(group, before, map.groups));
    });
    const now = await x.state();
    return now.mods === 0 && now.group === group;
  }

  play(edges: readonly KeyEdge[]): void {
    this.played = edges.length > 0;
    this.#x.batch(() => {
      for (const { keycode, down } of edges) this.#x.key(keycode, down);
    });
  }

  /** Puts locks, layout and held modifiers back, gives the server free, and waits until it has done all of that. */
  async restore(): Promise<void> {
    const x = this.#x;
    const before = this.#before;
    x.batch(() => {
      if (before !== undefined && this.#locked) x.lock(before.lockedMods, before.lockedGroup, before.latchedMods);
      this.#released.forEach((key) => x.key(key, true));
      x.ungrab();
    });
    await x.focus();
    if (x.over) throw new XLost('the connection is closed');
  }
}

/** The layout in force is the sum of the locked one, of keys that are held and of latches, and wraps (XKB protocol, "Keyboard State"). */
function locked(group: number, { baseGroup }: XkbState, groups: number): number {
  return (((group - baseGroup) % groups) + groups) % groups;
}
