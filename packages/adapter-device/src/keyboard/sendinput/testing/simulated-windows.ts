import { scanCodeOf } from '../scan-codes.js';
import { KEYEVENTF_KEYUP, KEYEVENTF_SCANCODE, KEYEVENTF_UNICODE, type KeyInput, type KeyOfCharacter, type LayoutHandle, type WindowFacts, type WindowHandle, type Windows } from '../windows.js';

export const US = 0x04090409;
export const RU = 0x04190419;
export const MEDIUM = 0x2000;
export const HIGH = 0x3000;

const VK_CAPITAL = 0x14;
const SHIFTS = [0x10, 0xa0, 0xa1];
const CTRLS = [0x11, 0xa2, 0xa3];
const ALTS = [0x12, 0xa4, 0xa5];

// what the keys of a row type: the same places on both layouts
const ROWS: Readonly<Record<LayoutHandle, readonly (readonly [plain: string, shifted: string])[]>> = {
  [US]: [['1234567890-=', '!@#$%^&*()_+'], ['qwertyuiop[]', 'QWERTYUIOP{}'], ["asdfghjkl;'", 'ASDFGHJKL:"'], ['zxcvbnm,./', 'ZXCVBNM<>?'], [' ', ' ']],
  [RU]: [['1234567890-=', '!"№;%:?*()_+'], ['йцукенгшщзхъ', 'ЙЦУКЕНГШЩЗХЪ'], ['фывапролджэ', 'ФЫВАПРОЛДЖЭ'], ['ячсмитьбю.', 'ЯЧСМИТЬБЮ,'], [' ', ' ']],
};
/** Virtual keys of the places, row by row (winuser.h; the letters are those of the US layout). */
const PLACES: readonly (readonly number[])[] = [
  Array.from('1234567890', codeOf).concat(0xbd, 0xbb),
  Array.from('QWERTYUIOP', codeOf).concat(0xdb, 0xdd),
  Array.from('ASDFGHJKL', codeOf).concat(0xba, 0xde),
  Array.from('ZXCVBNM', codeOf).concat(0xbc, 0xbe, 0xbf),
  [0x20],
];

function codeOf(character: string): number {
  return character.charCodeAt(0);
}

/** A window and what came into it. */
export class PlayedWindow {
  received = '';
  gone = false;
  focus = true;
  title: string;
  readonly class: string;
  readonly process: string;
  readonly pid: number;
  integrity: number | undefined = MEDIUM;
  layout: LayoutHandle = US;

  constructor(title: string, pid: number) {
    this.title = title;
    this.class = `${title} class`;
    this.process = `${title}.exe`;
    this.pid = pid;
  }
}

/** A Windows with windows, one focus and one keyboard, as far as typing goes. */
export class PlayedWindows implements Windows {
  readonly windows: PlayedWindow[] = [];
  front: PlayedWindow | undefined;
  locked = false;
  session0 = false;
  caps = false;
  readonly down = new Set<number>();
  /** Called before each event of an array, with its number over all arrays: a test moves the focus here. */
  beforeEvent: (index: number) => void = () => undefined;
  /** Called before each look at the window in front. */
  beforeLook: () => void = () => undefined;
  /** Called before the program of a window answers, with the number of its answers so far. */
  beforeAnswer: (index: number) => void = () => undefined;
  answered = 0;
  /** Programs read no messages. */
  hangs = false;
  /** Events that SendInput takes in all; then it takes none. */
  takes = Infinity;
  events = 0;
  arrays = 0;
  /** Keys by scan code, as a replay sends them. */
  readonly scans: string[] = [];
  menusOpened = 0;
  #alone: number | undefined;

  window(title: string): PlayedWindow {
    const made = new PlayedWindow(title, 1000 + this.windows.length);
    this.windows.push(made);
    return made;
  }

  foreground(): WindowHandle | undefined {
    this.beforeLook();
    return this.front === undefined ? undefined : this.windows.indexOf(this.front) + 1;
  }

  facts(handle: WindowHandle): WindowFacts | undefined {
    const window = this.windows[handle - 1];
    return window === undefined || window.gone ? undefined : { title: window.title, class: window.class, process: window.process, pid: window.pid, thread: window.pid, focus: window.focus };
  }

  answers(): boolean {
    this.beforeAnswer(this.answered);
    this.answered += 1;
    return !this.hangs;
  }

  visible(): readonly WindowHandle[] {
    return this.windows.flatMap((window, i) => (window.gone ? [] : [i + 1]));
  }

  hasInput(): boolean {
    return !this.locked;
  }

  interactive(): boolean {
    return !this.session0;
  }

  integrity(process: number | 'own'): number | undefined {
    return process === 'own' ? MEDIUM : this.windows.find(({ pid }) => pid === process)?.integrity;
  }

  layoutOf(thread: number): LayoutHandle {
    return this.windows.find(({ pid }) => pid === thread)?.layout ?? US;
  }

  layouts(): readonly LayoutHandle[] {
    return [US, RU];
  }

  keyOf(unit: number, layout: LayoutHandle): KeyOfCharacter | undefined {
    const character = String.fromCharCode(unit);
    if (unit === 0x1d && layout === US) return { vk: 0xdd, shift: 2 };
    // a dead key: named for its character, which it only types together with the next key
    if (character === '`') return { vk: 0xc0, shift: 0 };
    for (const [row, places] of PLACES.entries()) {
      const [plain = '', shifted = ''] = ROWS[layout]?.[row] ?? [];
      const at = [plain.indexOf(character), shifted.indexOf(character)].findIndex((index) => index >= 0);
      if (at < 0) continue;
      return { vk: places[(at === 0 ? plain : shifted).indexOf(character)] ?? 0, shift: at };
    }
    return undefined;
  }

  typedBy({ vk, shift }: KeyOfCharacter, layout: LayoutHandle): string | undefined {
    if (vk === 0x0d) return '\r';
    if (vk === 0x09) return '\t';
    if ((shift & 2) !== 0) return vk === 0xdd && layout === US ? '\u001d' : undefined;
    if ((shift & 4) !== 0) return undefined;
    for (const [row, places] of PLACES.entries()) {
      const at = places.indexOf(vk);
      if (at >= 0) return ROWS[layout]?.[row]?.[shift & 1]?.[at];
    }
    return undefined;
  }

  scanOf(vk: number): number {
    return vk === 0x5b || vk === 0x5c ? 0xe05b : vk & 0x7f;
  }

  vkOf(scan: number): number {
    return scan & 0x7f;
  }

  held(vk: number): boolean {
    return this.down.has(vk);
  }

  capsLock(): boolean {
    return this.caps;
  }

  send(inputs: readonly KeyInput[]): number {
    this.arrays += 1;
    let taken = 0;
    for (const input of inputs) {
      if (this.takes <= 0) break;
      this.beforeEvent(this.events);
      this.events += 1;
      this.takes -= 1;
      taken += 1;
      this.#event(input);
    }
    return taken;
  }

  #event({ vk, scan, flags }: KeyInput): void {
    const up = (flags & KEYEVENTF_KEYUP) !== 0;
    if ((flags & KEYEVENTF_SCANCODE) !== 0) this.scans.push(`${up ? '-' : '+'}${scan.toString(16)}`);
    else if ((flags & KEYEVENTF_UNICODE) !== 0) {
      // an Alt that is held makes a menu command of it
      if (!up && !this.#any(ALTS)) this.#type(String.fromCharCode(scan));
    } else if (up) this.#up(vk);
    else this.#down(vk);
  }

  #down(vk: number): void {
    this.down.add(vk);
    this.#alone = vk;
    if (vk === VK_CAPITAL) {
      this.caps = !this.caps;
      return;
    }
    const shift = (this.#any(SHIFTS) ? 1 : 0) | (this.#any(CTRLS) ? 2 : 0) | (this.#any(ALTS) ? 4 : 0);
    const typed = this.typedBy({ vk, shift }, this.front?.layout ?? US);
    const swapped = this.caps && typed !== undefined && typed.toLowerCase() !== typed.toUpperCase();
    if (typed !== undefined) this.#type(swapped ? (typed === typed.toLowerCase() ? typed.toUpperCase() : typed.toLowerCase()) : typed);
  }

  #up(vk: number): void {
    if (!this.down.delete(vk)) return;
    if (this.#alone === vk && [...ALTS, 0x5b, 0x5c].includes(vk)) this.menusOpened += 1;
  }

  #any(keys: readonly number[]): boolean {
    return keys.some((vk) => this.down.has(vk));
  }

  #type(text: string): void {
    if (this.front !== undefined && !this.front.gone) this.front.received += text;
  }
}

/** The scan codes of a row of keys, as `PlayedWindows.scans` shows them. */
export function scansOf(usages: readonly number[]): readonly string[] {
  return usages.flatMap((usage) => [`+${((scanCodeOf(usage) ?? 0) & 0xff).toString(16)}`, `-${((scanCodeOf(usage) ?? 0) & 0xff).toString(16)}`]);
}
