import { join } from 'node:path';
import { XServer } from '../../support/x-server.js';
import { WineComputer } from '../../support/wine/wine.js';
import { compileWindows, Target, User } from './programs.js';
import { RemoteKeyboard } from './remote-injector.js';

/** A Windows computer with a cashier program, another program, somebody at the keyboard, and our keyboard in Node.js for Windows. */
export interface Desk {
  readonly screen: XServer;
  readonly computer: WineComputer;
  readonly till: Target;
  readonly other: Target;
  readonly user: User;
  readonly keyboard: RemoteKeyboard;
  /** Starts another cashier program. */
  target(title: string, kind: 'edit' | 'raw'): Promise<Target>;
  close(): Promise<void>;
}

/** `layouts`: of its keyboard, the first one active. */
export async function makeDesk(layouts: string): Promise<Desk> {
  const screen = await XServer.start();
  screen.layout(layouts);
  const computer = WineComputer.make(screen.display);
  const close = async (): Promise<void> => {
    await computer.close();
    await screen.stop();
  };
  try {
    const exe = compileWindows('target', computer.folder);
    const target = (title: string, kind: 'edit' | 'raw'): Promise<Target> => Target.start(computer, exe, title, kind);
    const till = await target('Till', 'raw');
    const other = await target('Other', 'edit');
    const user = await User.start(computer, compileWindows('user', computer.folder));
    const keyboard = await RemoteKeyboard.start(computer, '@tillbridge/adapter-device/keyboard', 'sendInputSource');
    return { screen, computer, till, other, user, keyboard, target, close: async () => {
      await keyboard.stop();
      await close();
    } };
  } catch (error) {
    await close();
    throw error;
  }
}

export const TILL_GUARD = { title: 'Till', class: 'TillClass', process: 'target' } as const;

/** A folder of the computer for what a test needs. */
export function on(computer: WineComputer, name: string): string {
  return join(computer.folder, name);
}
