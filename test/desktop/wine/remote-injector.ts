import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TillbridgeError, type KeyEvent } from '@tillbridge/core';
import type { Injector, InjectorCapabilities, InjectorSource, Look, Stroke, TypeResult, WindowGuard } from '../../../packages/adapter-device/src/keyboard/injector.js';
import { stageForWindows } from '../../support/wine/stage.js';
import type { WineComputer, WineProgram } from '../../support/wine/wine.js';

const DRIVER = fileURLToPath(new URL('./injector-driver.mjs', import.meta.url));

interface Answer {
  readonly call?: number;
  readonly result?: unknown;
  readonly error?: { readonly code?: string; readonly message: string };
  readonly ended?: { readonly code: string; readonly message: string };
  readonly ready?: string;
}

/** A keyboard of the built product that runs in Node.js for Windows under wine, driven from here. */
export class RemoteKeyboard implements InjectorSource {
  readonly place = 'wine';
  readonly program: WineProgram;
  readonly nodeVersion: string;
  readonly #socket: Socket;
  readonly #waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  #calls = 0;
  #current: RemoteInjector | undefined;

  private constructor(program: WineProgram, socket: Socket, nodeVersion: string) {
    this.program = program;
    this.#socket = socket;
    this.nodeVersion = nodeVersion;
  }

  /** `source`: the export of the entry that makes an `InjectorSource`. */
  static async start(computer: WineComputer, entry: string, source: string): Promise<RemoteKeyboard> {
    stageForWindows(computer.folder, computer.natives);
    copyFileSync(DRIVER, join(computer.folder, 'driver.mjs'));
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const program = computer.node([computer.path(join(computer.folder, 'driver.mjs')), String(port), entry, source]);
    try {
      const socket = await new Promise<Socket>((resolve, reject) => {
        server.once('connection', resolve);
        const ended = (): void => reject(new Error(`the driver ended: ${program.stdout()}${program.stderr()}`));
        program.exited.then(ended, ended);
      });
      const lines = createInterface({ input: socket });
      const first = await new Promise<Answer>((resolve) => lines.once('line', (line) => resolve(JSON.parse(line) as Answer)));
      const made = new RemoteKeyboard(program, socket, first.ready ?? '');
      lines.on('line', (line) => made.#heard(JSON.parse(line) as Answer));
      socket.on('error', () => undefined);
      socket.on('close', () => made.#lost());
      return made;
    } finally {
      server.close();
    }
  }

  async open(signal: AbortSignal): Promise<Injector> {
    const { capabilities } = (await this.ask('open', {}, signal)) as { capabilities: InjectorCapabilities };
    this.#current = new RemoteInjector(this, capabilities);
    return this.#current;
  }

  ask(what: string, more: object, signal?: AbortSignal): Promise<unknown> {
    this.#calls += 1;
    const call = this.#calls;
    const abort = (): void => void this.#socket.write(`${JSON.stringify({ call, what: 'abort' })}\n`);
    return new Promise((resolve, reject) => {
      this.#waiting.set(call, { resolve, reject });
      this.#socket.write(`${JSON.stringify({ call, what, aborted: signal?.aborted === true, ...more })}\n`);
      signal?.addEventListener('abort', abort, { once: true });
    }).finally(() => signal?.removeEventListener('abort', abort));
  }

  async stop(): Promise<void> {
    this.#socket.destroy();
    const late = setTimeout(() => void this.program.kill(), 5000);
    await this.program.exited.finally(() => clearTimeout(late));
  }

  #heard({ call, result, error, ended }: Answer): void {
    if (ended !== undefined) this.#current?.end(ended.message);
    if (call === undefined) return;
    const waiting = this.#waiting.get(call);
    this.#waiting.delete(call);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(Object.assign(new Error(error.message), { code: error.code }));
  }

  #lost(): void {
    for (const { reject } of this.#waiting.values()) reject(new Error('the driver is gone'));
    this.#waiting.clear();
    this.#current?.end('the driver is gone');
  }
}

class RemoteInjector implements Injector {
  readonly capabilities: InjectorCapabilities;
  readonly ended: Promise<TillbridgeError>;
  readonly #keyboard: RemoteKeyboard;
  #end: (error: TillbridgeError) => void = () => undefined;

  constructor(keyboard: RemoteKeyboard, capabilities: InjectorCapabilities) {
    this.#keyboard = keyboard;
    this.capabilities = capabilities;
    this.ended = new Promise((resolve) => (this.#end = resolve));
  }

  end(problem: string): void {
    this.#end(new TillbridgeError('TB_TILL_KEYBOARD_LOST', { place: 'wine', problem }));
  }

  async type(stroke: Stroke, signal: AbortSignal): Promise<TypeResult> {
    return (await this.#keyboard.ask('type', { stroke }, signal)) as TypeResult;
  }

  async replay(keys: readonly KeyEvent[], signal: AbortSignal): Promise<TypeResult> {
    return (await this.#keyboard.ask('replay', { keys }, signal)) as TypeResult;
  }

  async look(guard: WindowGuard | undefined, signal: AbortSignal): Promise<Look> {
    return (await this.#keyboard.ask('look', { guard }, signal)) as Look;
  }

  async close(): Promise<void> {
    await this.#keyboard.ask('close', {});
  }
}
