/** USB/IP messages: kernel, Documentation/usb/usbip_protocol.rst. Big-endian, headers of 48 bytes. */
const HEADER_BYTES = 48;
const CMD_SUBMIT = 1;
const CMD_UNLINK = 2;
const RET_SUBMIT = 3;
const RET_UNLINK = 4;
/** errno: a stalled endpoint, and a transfer that was taken back before it ended. */
const EPIPE = -32;
const ECONNRESET = -104;

/** A transfer that the host wants. */
export interface Submit {
  readonly kind: 'submit';
  readonly seq: number;
  readonly endpoint: number;
  readonly direction: 'in' | 'out';
  /** How much the host takes (IN), or gave (OUT). */
  readonly length: number;
  /** Eight bytes as on the bus, little-endian; for endpoint 0. */
  readonly setup: Buffer;
  /** What the host gave; empty for IN. */
  readonly data: Buffer;
}

export interface Unlink {
  readonly kind: 'unlink';
  readonly seq: number;
  /** The transfer to take back. */
  readonly victim: number;
}

/** Cuts the host's stream into messages; the rest waits for more bytes. @throws Error for a command that does not exist. */
export function parseUsbip(stream: Buffer): { readonly messages: readonly (Submit | Unlink)[]; readonly rest: Buffer } {
  const messages: (Submit | Unlink)[] = [];
  let rest = stream;
  while (rest.length >= HEADER_BYTES) {
    const command = rest.readUInt32BE(0);
    const seq = rest.readUInt32BE(4);
    if (command === CMD_UNLINK) {
      messages.push({ kind: 'unlink', seq, victim: rest.readUInt32BE(20) });
      rest = rest.subarray(HEADER_BYTES);
      continue;
    }
    if (command !== CMD_SUBMIT) throw new Error(`USB/IP command ${String(command)} does not exist`);
    const direction = rest.readUInt32BE(12) === 0 ? 'out' : 'in';
    const length = rest.readUInt32BE(24);
    const end = HEADER_BYTES + (direction === 'out' ? length : 0);
    if (rest.length < end) break;
    const setup = Buffer.from(rest.subarray(40, 48));
    messages.push({ kind: 'submit', seq, endpoint: rest.readUInt32BE(16), direction, length, setup, data: Buffer.from(rest.subarray(HEADER_BYTES, end)) });
    rest = rest.subarray(end);
  }
  return { messages, rest: Buffer.from(rest) };
}

/** How a transfer ended: with data (IN), all taken (OUT), or a stall. */
export type Answer = Uint8Array | 'ok' | 'stall';

export function packAnswer(to: Submit, answer: Answer): Buffer {
  const data = typeof answer === 'string' ? new Uint8Array(0) : answer.subarray(0, to.length);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32BE(RET_SUBMIT, 0);
  header.writeUInt32BE(to.seq, 4);
  header.writeInt32BE(answer === 'stall' ? EPIPE : 0, 20);
  header.writeUInt32BE(answer === 'ok' ? to.data.length : data.length, 24);
  return to.direction === 'in' ? Buffer.concat([header, data]) : header;
}

/** `pending`: it had not been answered yet, and must not be any more. */
export function packUnlinked(to: Unlink, pending: boolean): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32BE(RET_UNLINK, 0);
  header.writeUInt32BE(to.seq, 4);
  header.writeInt32BE(pending ? ECONNRESET : 0, 20);
  return header;
}
