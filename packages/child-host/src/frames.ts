/** Lengths of the whole and of its JSON text, both without these eight bytes. */
const HEAD_BYTES = 8;

/** A message of `superviseHost` or `serveHost`; `bytes` of its inner part travel as they are, beside the JSON text. */
interface Envelope {
  readonly kind: string;
  readonly command?: Part;
  readonly report?: Part;
}

type Part = Readonly<Record<string, unknown>> & { readonly bytes?: Uint8Array };

/** One message as it goes through a pipe: two lengths (32 bits, big-endian), the JSON text, the bytes of its `command` or `report`. */
export function encodeFrame(message: object): Buffer {
  const { head, bytes } = apart(message as Envelope);
  const text = JSON.stringify(head);
  const length = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(HEAD_BYTES + length + (bytes?.length ?? 0));
  frame.writeUInt32BE(frame.length - HEAD_BYTES, 0);
  frame.writeUInt32BE(length, 4);
  frame.write(text, HEAD_BYTES, 'utf8');
  if (bytes !== undefined) frame.set(bytes, HEAD_BYTES + length);
  return frame;
}

function apart(message: Envelope): { readonly head: object; readonly bytes?: Uint8Array } {
  const { command, report } = message;
  if (command?.bytes !== undefined) {
    const { bytes, ...rest } = command;
    return { head: { ...message, command: rest }, bytes };
  }
  if (report?.bytes !== undefined) {
    const { bytes, ...rest } = report;
    return { head: { ...message, report: rest }, bytes };
  }
  return { head: message };
}

/** Cuts a stream of bytes into the messages of {@link encodeFrame}. One that is not whole yet is kept. */
export class FrameSplitter {
  readonly #maxBytes: number;
  #kept: Uint8Array[] = [];
  #keptBytes = 0;
  /** Bytes of the frame that is being collected, its head included; 0 while even that is not known. */
  #wanted = 0;

  /** @param maxBytes of one message; default 32 MiB. */
  constructor(maxBytes = 33_554_432) {
    this.#maxBytes = maxBytes;
  }

  /**
   * The messages that `chunk` completes. Their `bytes` are views of it: it must not be filled anew.
   * @throws RangeError for a message that is too long, SyntaxError for one that is none
   */
  push(chunk: Uint8Array): unknown[] {
    this.#kept.push(chunk);
    this.#keptBytes += chunk.length;
    const messages: unknown[] = [];
    while (this.#keptBytes >= Math.max(HEAD_BYTES, this.#wanted)) {
      const whole = this.#whole();
      this.#wanted = HEAD_BYTES + whole.readUInt32BE(0);
      if (this.#wanted > this.#maxBytes) throw new RangeError('a message is too long');
      if (whole.length < this.#wanted) break;
      messages.push(decode(whole.subarray(HEAD_BYTES, this.#wanted), whole.readUInt32BE(4)));
      const rest = whole.subarray(this.#wanted);
      this.#kept = rest.length === 0 ? [] : [rest];
      this.#keptBytes = rest.length;
      this.#wanted = 0;
    }
    return messages;
  }

  #whole(): Buffer {
    const [first] = this.#kept;
    const { buffer, byteOffset, byteLength } = this.#kept.length === 1 && first !== undefined ? first : Buffer.concat(this.#kept);
    const whole = Buffer.from(buffer, byteOffset, byteLength);
    this.#kept = [whole];
    return whole;
  }
}

function decode(frame: Buffer, length: number): unknown {
  if (length > frame.length) throw new SyntaxError('a message ends before its text');
  const message = JSON.parse(frame.toString('utf8', 0, length)) as { readonly command?: unknown; readonly report?: unknown } | null;
  if (typeof message !== 'object' || message === null) throw new SyntaxError('a message is no object');
  const part = message.command ?? message.report;
  if (typeof part === 'object' && part !== null && length < frame.length) Object.assign(part, { bytes: frame.subarray(length) });
  return message;
}
