import { fits } from '../guard.js';
import type { FrontWindow, WindowGuard } from '../injector.js';
import { processNames } from './process-names.js';
import type { XServer } from './x-server.js';

/** A program's window: the nearest with a class, from the focus upwards. */
export interface TopWindow {
  readonly id: number;
  readonly title: string | undefined;
  /** Instance and class, as WM_CLASS has them: with NUL between (ICCCM 4.1.2.5). */
  readonly class: string;
  readonly processes: readonly string[];
}

/** Where the keys would go. */
export type Front = { readonly focus: 'none' } | { readonly focus: 'window'; readonly top: TopWindow | undefined };

const POINTER_ROOT = 1;
/** Deeper nesting is no window of a till program. */
const MOST_LEVELS = 32;
const MOST_WINDOWS = 2048;

/** The window with the focus, as the server has it now: what a window manager says of it comes later. */
export async function frontWindow(x: XServer): Promise<Front> {
  const focus = await x.focus();
  if (focus === 0) return { focus: 'none' };
  // without a window manager the focus follows the pointer
  if (focus === POINTER_ROOT || focus === x.root) return { focus: 'window', top: await underPointer(x) };
  let window = focus;
  for (let level = 0; level < MOST_LEVELS && window !== 0 && window !== x.root; level += 1) {
    const top = await programWindow(x, window);
    if (top !== undefined) return { focus: 'window', top };
    window = await x.tree(window).then(
      ({ parent }) => parent,
      () => 0,
    );
  }
  return { focus: 'window', top: undefined };
}

async function underPointer(x: XServer): Promise<TopWindow | undefined> {
  let window = x.root;
  for (let level = 0; level < MOST_LEVELS; level += 1) {
    window = await x.under(window).catch(() => 0);
    if (window === 0) return undefined;
    const top = await programWindow(x, window);
    if (top !== undefined) return top;
  }
  return undefined;
}

async function programWindow(x: XServer, id: number): Promise<TopWindow | undefined> {
  const [className, name, oldName, pid] = await Promise.all(['WM_CLASS', '_NET_WM_NAME', 'WM_NAME', '_NET_WM_PID'].map((property) => x.property(id, property)));
  if (className === undefined) return undefined;
  const title = name?.toString('utf8') ?? oldName?.toString('latin1');
  const process = pid !== undefined && pid.length >= 4 ? pid.readUInt32LE(0) : 0;
  return { id, title, class: className.toString('latin1').replace(/\0+$/, ''), processes: process === 0 ? [] : processNames(process) };
}

/** Whether a window is the one that is meant, by any name that its process goes by. */
export function topFits(guard: WindowGuard, { title, class: className, processes }: TopWindow): boolean {
  const window = { class: className, ...(title === undefined ? {} : { title }) };
  return processes.length === 0 ? fits(guard, window) : processes.some((process) => fits(guard, { ...window, process }));
}

export function shown({ title, class: className, processes }: TopWindow): FrontWindow {
  return { class: className, ...(title === undefined ? {} : { title }), ...(processes[0] === undefined ? {} : { process: processes[0] }) };
}

/** Whether any window of the screen fits; only for `doctor`, it asks for many. */
export async function anyFits(x: XServer, guard: WindowGuard): Promise<boolean> {
  let asked = 0;
  let row: readonly number[] = [x.root];
  // program windows stand under the root or in the frames of a window manager
  for (let level = 0; level < 4; level += 1) {
    const next: number[] = [];
    for (const parent of row) {
      const children = await x.tree(parent).then((tree) => tree.children, () => []);
      for (const child of children) {
        asked += 1;
        if (asked > MOST_WINDOWS) return false;
        const top = await programWindow(x, child);
        if (top !== undefined && topFits(guard, top)) return true;
        if (top === undefined) next.push(child);
      }
    }
    row = next;
  }
  return false;
}
