import { execFileSync, spawn, type ChildProcess } from 'node:child_process';

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

  /** It finds a free number itself and says it when it is up. */
  static async start(): Promise<XServer> {
    const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1024x768x24', '-nolisten', 'tcp', '-noreset'], { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
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

  get pid(): number {
    return this.#process.pid ?? -1;
  }

  async stop(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#exited;
  }
}
