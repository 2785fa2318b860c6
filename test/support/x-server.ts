import { execFileSync, spawn, type ChildProcess } from 'node:child_process';

const LOCK_GROUP = `
import ctypes, sys
x = ctypes.CDLL('libX11.so.6')
x.XOpenDisplay.restype = ctypes.c_void_p
d = ctypes.c_void_p(x.XOpenDisplay(sys.argv[1].encode()))
x.XkbLockGroup(d, 0x100, int(sys.argv[2]))
x.XSync(d, 0)
`;

/** An X server without a screen, of a suite's own. */
export class XServer {
  /** As in DISPLAY. */
  readonly display: string;
  readonly #process: ChildProcess;
  readonly #exited: Promise<void>;

  private constructor(display: string, server: ChildProcess, exited: Promise<void>) {
    this.display = display;
    this.#process = server;
    this.#exited = exited;
  }

  /** It finds a free number itself and says it when it is up; its socket is there before it listens. `more` goes to its command line. */
  static async start(more: readonly string[] = []): Promise<XServer> {
    const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1024x768x24', '-nolisten', 'tcp', '-noreset', ...more], { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
    let problem = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => (problem = (problem + text).slice(-2000)));
    const exited = new Promise<void>((resolve) => server.once('close', () => resolve()));
    const number = await new Promise<string>((resolve, reject) => {
      let text = '';
      server.once('error', reject);
      server.stdio[3]?.on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1');
        if (text.endsWith('\n')) resolve(text.trim());
      });
      exited.then(
        () => reject(new Error(`Xvfb ended: ${problem}`)),
        () => undefined,
      );
    });
    return new XServer(`:${number}`, server, exited);
  }

  /** Keyboard layouts, the first one active: `us`, `ru`, `us,ru`. */
  layout(names: string): void {
    execFileSync('setxkbmap', ['-display', this.display, '-layout', names], { stdio: 'pipe', timeout: 30_000 });
  }

  /** Makes one of the layouts the active one, as the user's hot key does: 0 is the first. */
  group(number: 0 | 1): void {
    execFileSync('python3', ['-c', LOCK_GROUP, this.display, String(number)], { stdio: 'pipe', timeout: 30_000 });
  }

  get pid(): number {
    return this.#process.pid ?? -1;
  }

  async stop(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#exited;
  }
}
