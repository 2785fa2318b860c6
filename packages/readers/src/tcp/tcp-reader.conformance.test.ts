import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { silentLog, systemClock } from '@tillbridge/core';
import { describeReader, type ReaderDevice } from '@tillbridge/testkit/suites';
import { createTcpReader, type TcpReader } from './tcp-reader.js';

const context = { clock: systemClock, log: silentLog };

/** A network scanner that waits to be connected to. */
class ListeningScanner implements ReaderDevice {
  #server: Server | undefined;
  #peer: Socket | undefined;
  port = 0;

  async replug(): Promise<void> {
    if (this.#server !== undefined) return;
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      this.#peer = socket;
    });
    server.listen(this.port, '127.0.0.1');
    await once(server, 'listening');
    this.port = (server.address() as AddressInfo).port;
    this.#server = server;
  }
  async unplug(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    server.close();
    this.#peer?.destroy();
    await once(server, 'close');
  }
  async send(bytes: Uint8Array): Promise<void> {
    if (this.#peer === undefined) await once(this.#server!, 'connection');
    const peer = this.#peer!;
    await new Promise<void>((resolve) => peer.write(bytes, () => resolve()));
  }
}

describeReader(
  'tcp connect',
  async () => {
    const device = new ListeningScanner();
    await device.replug();
    const reader = createTcpReader({ id: 'net', connect: { host: '127.0.0.1', port: device.port } }, { ...context, random: () => 0 });
    return { reader, device, dispose: () => device.unplug() };
  },
  { readyWithinMs: 2500 },
);

/** A scanner that connects to us. */
class ConnectingScanner implements ReaderDevice {
  readonly #reader: TcpReader;
  #socket: Socket | undefined;

  constructor(reader: TcpReader) {
    this.#reader = reader;
  }
  async replug(): Promise<void> {
    await this.unplug();
  }
  async unplug(): Promise<void> {
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket === undefined || socket.destroyed) return;
    socket.destroy();
    await once(socket, 'close');
  }
  async send(bytes: Uint8Array): Promise<void> {
    if (this.#socket === undefined || this.#socket.destroyed) {
      const { host, port } = this.#reader.address!;
      this.#socket = connect(port, host);
      this.#socket.on('error', () => undefined);
      await once(this.#socket, 'connect');
    }
    const socket = this.#socket;
    await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
  }
}

describeReader(
  'tcp listen',
  () => {
    const reader = createTcpReader({ id: 'net', listen: { port: 0 } }, context);
    const device = new ConnectingScanner(reader);
    return { reader, device, dispose: () => device.unplug() };
  },
  { staysReady: true },
);
