import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild, type RunningChild } from '../../support/child.js';
import { waitFor } from '../../support/wait-for.js';
import { XServer } from '../../support/x-server.js';
import { Somebody } from './x-client.js';

/** A program in a terminal of its own that keeps every byte that is typed into it. */
export class Terminal {
  readonly title: string;
  readonly window: number;
  readonly program: RunningChild;
  /** Where the bytes are. */
  readonly file: string;
  readonly #who: Somebody;

  constructor(title: string, window: number, program: RunningChild, file: string, who: Somebody) {
    this.title = title;
    this.window = window;
    this.program = program;
    this.file = file;
    this.#who = who;
  }

  text(): string {
    return readFileSync(this.file, 'latin1');
  }

  front(): Promise<void> {
    return this.#who.focus(this.window);
  }
}

/** An X screen with a window manager, programs, and somebody else who uses it. */
export class Desktop {
  readonly #x: XServer | undefined;
  readonly display: string;
  readonly who: Somebody;
  readonly folder: string;
  readonly #children: RunningChild[] = [];

  private constructor(x: XServer | undefined, display: string, who: Somebody, folder: string) {
    this.#x = x;
    this.display = display;
    this.who = who;
    this.folder = folder;
  }

  static async start(folder: string, layouts = 'us'): Promise<Desktop> {
    const x = await XServer.start();
    x.layout(layouts);
    const desktop = new Desktop(x, x.display, await Somebody.come(x.display), folder);
    // settings of its own: that of the system starts programs
    writeFileSync(join(folder, 'jwmrc'), '<?xml version="1.0"?><JWM><Tray x="0" y="-1" height="20"><TaskList/></Tray></JWM>');
    desktop.#run('jwm', ['-f', join(folder, 'jwmrc')]);
    return desktop;
  }

  /** The same on an X server that somebody else runs, without a window manager. */
  static async on(display: string, folder: string): Promise<Desktop> {
    const who = await waitFor('the screen', () => Somebody.come(display).catch(() => undefined));
    return new Desktop(undefined, display, who, folder);
  }

  get x(): XServer {
    if (this.#x === undefined) throw new Error('the X server is somebody else\'s');
    return this.#x;
  }

  /** `name` is the title; its class is Till, in the words of WM_CLASS. */
  async terminal(name: string): Promise<Terminal> {
    const file = join(this.folder, `${name}.typed`);
    writeFileSync(file, '');
    const program = this.#run('xterm', ['-name', name.toLowerCase(), '-class', 'Till', '-T', name, '-u8', '-e', 'sh', '-c', `stty raw -echo; touch '${file}.up'; exec cat > '${file}'`]);
    const window = await waitFor(`the window ${name}`, () => this.who.window(name));
    await waitFor(`${name} to listen`, () => exists(`${file}.up`));
    return new Terminal(name, window, program, file, this.who);
  }

  async stop(): Promise<void> {
    await this.leave();
    await this.#x?.stop();
  }

  /** Ends what was started, but the X server. */
  async leave(): Promise<void> {
    this.who.leave();
    await Promise.all(this.#children.map((child) => child.stop()));
  }

  #run(command: string, argv: readonly string[]): RunningChild {
    const env = { PATH: process.env['PATH'], HOME: this.folder, DISPLAY: this.display, LC_ALL: 'C.UTF-8' };
    const child = startChild(command, argv, { env });
    this.#children.push(child);
    return child;
  }
}

function exists(file: string): boolean {
  try {
    readFileSync(file);
    return true;
  } catch {
    return false;
  }
}
