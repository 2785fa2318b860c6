import { constants, openSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { ReadStream } from 'node:tty';
import { openPty } from '@tillbridge/adapter-device';
import { standardParts, type PartFactory } from '../../daemon/parts.js';
import { createTcpTill } from './tcp-till.js';

/** A scanner and a cashier program that know nothing of Tillbridge, and the lines of configuration that reach them. */
export interface World {
  readonly how: string;
  /** `readers:` and `tills:` of the configuration. */
  readonly config: string;
  readonly parts: PartFactory;
  /** The scanner reads a code. */
  scan(bytes: Uint8Array): void;
  /** The cashier program opens its port; call once the daemon is up. */
  openTill(onBytes: (bytes: Uint8Array) => void): Promise<void>;
  close(): Promise<void>;
}

/** Pseudo-terminals: what a serial scanner and a cashier program on Linux really read and write. */
export async function ptyWorld(folder: string): Promise<World> {
  const scanner = await openPty({ link: join(folder, 'scanner') });
  const link = join(folder, 'till');
  let till: ReadStream | undefined;
  return {
    how: 'pty',
    config: `
readers: [ { id: counter, type: serial, path: ${JSON.stringify(join(folder, 'scanner'))} } ]
tills: [ { id: front, adapter: virtual-com, transport: pty, link: ${JSON.stringify(link)} } ]
`,
    parts: standardParts,
    scan: (bytes) => {
      scanner.write(bytes);
    },
    openTill: (onBytes) => {
      till = new ReadStream(openSync(link, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK));
      till.on('data', (bytes) => onBytes(Buffer.from(bytes)));
      till.on('error', () => undefined);
      return Promise.resolve();
    },
    close: () => {
      till?.destroy();
      scanner.close();
      return Promise.resolve();
    },
  };
}

/** Sockets, where there are no pseudo-terminals. */
export async function tcpWorld(): Promise<World> {
  const scanners = new Set<Socket>();
  const scanner = await listen((socket) => {
    scanners.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => scanners.delete(socket));
  });
  const tcpTill = createTcpTill('front');
  const port = await tcpTill.listen();
  let program: Socket | undefined;
  return {
    how: 'tcp',
    config: `
readers: [ { id: counter, type: tcp, connect: "127.0.0.1:${(scanner.address() as AddressInfo).port}" } ]
tills: [ { id: front, adapter: virtual-com, transport: port, path: demo } ]
`,
    parts: {
      reader: (config, context) => standardParts.reader(config, context),
      till: (config) => Promise.resolve({ adapter: tcpTill.adapter, options: { expireMs: config.expireMs, duplicateMs: config.duplicateMs } }),
    },
    scan: (bytes) => {
      for (const socket of scanners) socket.write(bytes);
    },
    openTill: (onBytes) =>
      new Promise((resolve, reject) => {
        program = connect(port, '127.0.0.1', resolve);
        program.on('data', onBytes);
        program.on('error', reject);
      }),
    close: async () => {
      program?.destroy();
      for (const socket of scanners) socket.destroy();
      await new Promise<void>((resolve) => {
        scanner.close(() => resolve());
      });
    },
  };
}

function listen(onConnection: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(onConnection);
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}
