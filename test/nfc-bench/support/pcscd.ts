import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { VpcdSlot } from '@tillbridge/testkit';
import { startChild, type RunningChild } from '../../support/child.js';
import { makeTempFolder } from '../../support/temp-folder.js';
import { waitFor } from '../../support/wait-for.js';

/** Debian's driver for virtual cards (package vsmartcard-vpcd). */
const DRIVER = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so';
const WITH_SOCKET = fileURLToPath(new URL('./with-socket.pl', import.meta.url));

/** A PC/SC service of its own on a private socket, without root, with virtual readers of the given names. */
export class PrivatePcscd {
  readonly socket: string;
  readonly #folder: string;
  readonly #remove: () => void;
  readonly #slots = new Map<string, number>();
  #daemon: RunningChild | undefined;

  private constructor() {
    const { path, remove } = makeTempFolder();
    this.#folder = path;
    this.#remove = remove;
    this.socket = join(path, 'pcscd.comm');
  }

  /** Each name makes two readers, `NAME 00 00` and `NAME 00 01` (`NAME 01 00` and so on for the next). Started when it returns. */
  static async start(...names: readonly string[]): Promise<PrivatePcscd> {
    const service = new PrivatePcscd();
    const conf = join(service.#folder, 'conf');
    mkdirSync(conf);
    const ports = await freePairs(names.length);
    for (const [i, name] of names.entries()) {
      const port = ports[i] ?? 0;
      service.#slots.set(name, port);
      // the driver keeps its slots by number and knows nothing of a second reader: each reader gets a copy, which is loaded apart
      const driver = join(service.#folder, `driver-${String(i)}.so`);
      copyFileSync(DRIVER, driver);
      writeFileSync(join(conf, `reader-${String(i)}`), `FRIENDLYNAME "${name}"\nDEVICENAME /dev/null:${String(port)}\nLIBPATH ${driver}\nCHANNELID ${String(port)}\n`);
    }
    await service.start();
    return service;
  }

  /** Starts it again after {@link kill}. */
  async start(): Promise<void> {
    const daemon = startChild('perl', [WITH_SOCKET, this.socket, 'pcscd', '--foreground', '--critical', '--config', join(this.#folder, 'conf')]);
    this.#daemon = daemon;
    await waitFor('the socket of pcscd', () => existsSync(this.socket), 20_000);
  }

  async kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const daemon = this.#daemon;
    this.#daemon = undefined;
    daemon?.child.kill(signal);
    await daemon?.exited;
  }

  /** Where cards are put into the first of the two readers of a name, or the second. */
  slot(name: string, second = false): VpcdSlot {
    const port = this.#slots.get(name);
    if (port === undefined) throw new Error(`no reader ${name}`);
    return new VpcdSlot({ port: port + (second ? 1 : 0) });
  }

  async close(): Promise<void> {
    await this.kill('SIGKILL');
    this.#remove();
  }
}

/** Pairs of neighbouring free ports: the driver listens on the one of its file and on the next. */
async function freePairs(count: number): Promise<number[]> {
  const pairs: number[] = [];
  const held: Server[] = [];
  for (let tries = 0; pairs.length < count; tries += 1) {
    if (tries > 200) throw new Error('no pair of neighbouring free ports');
    const first = await listen(0);
    if (first === undefined) continue;
    const { port } = first.address() as { port: number };
    const second = await listen(port + 1);
    held.push(first);
    if (second === undefined) continue;
    held.push(second);
    pairs.push(port);
  }
  await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))));
  return pairs;
}

function listen(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '0.0.0.0', () => resolve(server));
  });
}
