import { close, constants, fstat, open } from 'node:fs';
import { ReadStream } from 'node:tty';
import { promisify } from 'node:util';
import { TillbridgeError, type Cancel } from '@tillbridge/core';
import { Ending, vanished, withinCloseBudget, type LinkRequest, type SerialLink } from './link.js';
import { loadSerialport, type Serialport } from './native.js';
import { identityOf, watchPresence } from './presence.js';
import { raiseLines } from './raise-lines.js';

const openFd = promisify(open);
const closeFd = promisify(close);
const statFd = promisify(fstat);

/** What the kernel's terminal gives in one read at most (N_TTY_BUF_SIZE). */
const READ_BYTES = 4096;
/** Reads below this have a view that is kept. */
const KEPT_VIEWS = 128;

type Port = Awaited<ReturnType<Serialport['SerialPort']['binding']['open']>>;

/**
 * Linux. serialport's binding opens, sets up and locks the port but never reads; a second descriptor of the same device carries the data
 * through `tty.ReadStream`, which has half the latency of the serialport stream and does not spin when the tty hangs up in the middle of
 * data. Two descriptors, because libuv opens a tty anew and puts that over the given one (uv_tty_init), which would drop the lock.
 */
export async function openTtyLink(request: LinkRequest): Promise<SerialLink> {
  const { SerialPort } = await loadSerialport();
  const { reader, path, line } = request;
  const { baudRate, dataBits, parity, stopBits, rtscts } = line;
  if (parity === 'mark' || parity === 'space') throw new TillbridgeError('TB_READER_SETTINGS', { reader, path, problem: `parity ${parity}` });
  const port = await SerialPort.binding.open({ path, baudRate, dataBits, parity, stopBits, rtscts, lock: true, hupcl: true });
  try {
    await raiseLines(port, line);
    return new TtyLink(request, port, await openData(request, port));
  } catch (error) {
    await withinCloseBudget(request.clock, port.close());
    throw error;
  }
}

interface DataSide {
  readonly stream: ReadStream;
  readonly feed: Feed;
  readonly device: string;
}

async function openData(request: LinkRequest, port: Port): Promise<DataSide> {
  const fd = await openFd(request.path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  try {
    const lockedFd = 'fd' in port ? port.fd : null;
    // the path may lead elsewhere by now: what is read must be what is locked
    const device = identityOf(await statFd(fd));
    if (lockedFd !== null && identityOf(await statFd(lockedFd)) !== device) throw vanished(request);
    const feed = new Feed();
    // straight into one buffer of ours: no allocation of 64 KiB a read and no stream machinery on the way of goods
    const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
    const firstBytes = viewsOf(buffer);
    const stream = new ReadStream(fd, { onread: { buffer, callback: (count) => feed.take(firstBytes(count)) } });
    if (takesOver(stream, fd)) await closeFd(fd);
    return { stream, feed, device };
  } catch (error) {
    await closeFd(fd).catch(() => undefined);
    throw error;
  }
}

/** Whether libuv works on a descriptor of its own, so that ours is a leftover. Node has no public way to ask. */
function takesOver(stream: ReadStream, fd: number): boolean {
  const own = (stream as { readonly _handle?: { readonly fd?: unknown } | null })._handle?.fd;
  return typeof own === 'number' && own >= 0 && own !== fd;
}

/** Its first so many bytes; a view of a usual length is made once. */
function viewsOf(buffer: Buffer): (count: number) => Uint8Array {
  const views: (Uint8Array | undefined)[] = new Array<Uint8Array | undefined>(KEPT_VIEWS).fill(undefined);
  const made = (count: number): Uint8Array => new Uint8Array(buffer.buffer, buffer.byteOffset, count);
  return (count) => (count < KEPT_VIEWS ? (views[count] ??= made(count)) : made(count));
}

/** Where bytes go: nowhere before the link was started and after it was closed. */
class Feed {
  to: ((chunk: Uint8Array) => void) | undefined;

  /** `true` asks the stream for more. */
  take(chunk: Uint8Array): true {
    this.to?.(chunk);
    return true;
  }
}

class TtyLink implements SerialLink {
  readonly ended: Promise<TillbridgeError>;
  readonly #request: LinkRequest;
  readonly #port: Port;
  readonly #stream: ReadStream;
  readonly #feed: Feed;
  readonly #ending = new Ending();
  readonly #stopWatching: Cancel;
  #closing: Promise<void> | undefined;

  constructor(request: LinkRequest, port: Port, { stream, feed, device }: DataSide) {
    this.#request = request;
    this.#port = port;
    this.#stream = stream;
    this.#feed = feed;
    this.ended = this.#ending.ended;
    const gone = (): void => void this.close();
    // a hang-up is a clean end on some drivers and EIO on others
    stream.on('end', gone);
    stream.on('error', gone);
    stream.on('close', gone);
    this.#stopWatching = watchPresence(request.clock, request.path, device, gone);
  }

  start(onBytes: (chunk: Uint8Array) => void): void {
    this.#feed.to = onBytes;
    this.#stream.resume();
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#port.write(Buffer.from(bytes));
  }

  close(): Promise<void> {
    this.#closing ??= this.#release();
    return this.#closing;
  }

  async #release(): Promise<void> {
    this.#stopWatching();
    this.#feed.to = undefined;
    this.#stream.destroy();
    this.#ending.tell(vanished(this.#request));
    await withinCloseBudget(this.#request.clock, this.#port.close());
  }
}
