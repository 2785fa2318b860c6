import { connect, type Socket } from 'node:net';
import type { VirtualCard } from './virtual-card.js';
import { VpcdFrames, vpcdFrame, type VpcdRequest } from './vpcd-frames.js';

export interface VpcdOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Port of the slot: DEVICENAME's in the reader file of pcscd, one more for its second slot. Default 35963. */
  readonly port?: number;
}

/** The driver's port when nothing else is configured: 0x8C7B. */
export const VPCD_PORT = 35_963;

/**
 * A slot of pcscd's virtual reader (package vsmartcard-vpcd): a card lies in it while this program is connected. The card must live in
 * another process than the program that reads it, where that one makes synchronous PC/SC calls: it has to answer meanwhile.
 */
export class VpcdSlot {
  readonly #host: string;
  readonly #port: number;
  #socket: Socket | undefined;

  constructor(options: VpcdOptions = {}) {
    this.#host = options.host ?? '127.0.0.1';
    this.#port = options.port ?? VPCD_PORT;
  }

  /** `HOST:PORT` of the driver. */
  get address(): string {
    return `${this.#host}:${this.#port}`;
  }

  /** Whether a card lies in the slot. */
  get occupied(): boolean {
    return this.#socket !== undefined;
  }

  /**
   * Puts a card in; resolves when the driver took the connection. pcscd notices within its 400 ms poll.
   * @throws {Error} of the socket when no driver listens, or when a card is in already
   */
  async insert(card: VirtualCard): Promise<void> {
    if (this.#socket !== undefined) throw new Error('a card lies in this slot already');
    card.reset();
    const socket = connect(this.#port, this.#host);
    socket.setNoDelay(true);
    this.#socket = socket;
    socket.once('close', () => {
      if (this.#socket === socket) this.#socket = undefined;
    });
    serve(socket, card);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    socket.on('error', () => undefined);
  }

  /** Takes the card out, whatever it is doing. Resolves when the connection is closed; without a card it does nothing. */
  async remove(): Promise<void> {
    const socket = this.#socket;
    if (socket === undefined) return;
    this.#socket = undefined;
    await new Promise<void>((resolve) => {
      socket.once('close', () => resolve());
      socket.destroy();
    });
  }
}

/** Answers in the order of the questions: the driver asks the next one only after the answer, but its presence checks may overtake. */
function serve(socket: Socket, card: VirtualCard): void {
  const frames = new VpcdFrames();
  let last: Promise<void> = Promise.resolve();
  socket.on('data', (bytes) => {
    for (const request of frames.push(bytes)) {
      last = last.then(() => answer(socket, card, request)).catch(() => {
        // a card that cannot answer is a card that is gone
        socket.destroy();
      });
    }
  });
}

async function answer(socket: Socket, card: VirtualCard, request: VpcdRequest): Promise<void> {
  switch (request.kind) {
    case 'powerOff':
      return;
    case 'powerOn':
    case 'reset':
      card.reset();
      return;
    case 'atr':
      write(socket, card.atr);
      return;
    case 'apdu':
      write(socket, await card.respond(request.apdu));
      return;
  }
}

function write(socket: Socket, payload: Uint8Array): void {
  if (!socket.destroyed) socket.write(vpcdFrame(payload));
}
