import { randomBytes } from 'node:crypto';
import { open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { seal, unseal } from '../outbox/seal.js';
import { errorCode } from '../state/atomic-file.js';
import type { StateFolder } from '../state/state-folder.js';

/** Longest file that is read, in bytes. */
export const MAX_SEALED_FILE = 16_777_216;
const LENGTH_BYTES = 4;

/**
 * Texts that survive a restart and that nobody else can read: AES-256-GCM with a key of the state folder, each text bound to its place.
 * Replaced whole; a reader and a power cut see the old content or the new one. What cannot be opened counts as not there: it is a cache.
 */
export class SealedFile {
  readonly #state: StateFolder;
  readonly #name: string;

  /** @param name File in the state folder; its key is `keys/<name>.key`. */
  constructor(state: StateFolder, name: string) {
    this.#state = state;
    this.#name = name;
  }

  /** The texts in their order; empty where there is no file, or it is damaged or of another key. */
  async read(): Promise<readonly string[]> {
    const key = this.#existingKey();
    if (key === undefined) return [];
    try {
      const file = this.#state.file(this.#name);
      if ((await stat(file)).size > MAX_SEALED_FILE) return [];
      return this.#opened(await readFile(file), key);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    }
  }

  /** Durable when it resolves. Files and their sync run beside the main thread. */
  async write(texts: Iterable<string>): Promise<void> {
    const key = this.#state.key(this.#keyName);
    const file = this.#state.file(this.#name);
    const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
    const handle = await open(temporary, 'wx', 0o600);
    try {
      try {
        let place = 0;
        for (const text of texts) {
          const sealed = seal(key, this.#bound(place), text);
          const length = Buffer.alloc(LENGTH_BYTES);
          length.writeUInt32BE(sealed.length);
          await handle.write(Buffer.concat([length, sealed]));
          place += 1;
        }
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, file);
    } catch (error) {
      await unlink(temporary).catch(() => undefined);
      throw error;
    }
  }

  /** Forgets everything. */
  async clear(): Promise<void> {
    await unlink(this.#state.file(this.#name)).catch((error: unknown) => {
      if (errorCode(error) !== 'ENOENT') throw error;
    });
  }

  get #keyName(): string {
    return `${this.#name}.key`;
  }

  #existingKey(): Uint8Array | undefined {
    return this.#state.existingKey(this.#keyName);
  }

  #opened(bytes: Buffer, key: Uint8Array): readonly string[] {
    const texts: string[] = [];
    for (let at = 0; at + LENGTH_BYTES <= bytes.length; ) {
      const length = bytes.readUInt32BE(at);
      const text = unseal(key, this.#bound(texts.length), bytes.subarray(at + LENGTH_BYTES, at + LENGTH_BYTES + length));
      if (text === undefined) return [];
      texts.push(text);
      at += LENGTH_BYTES + length;
    }
    return texts;
  }

  /** A text that was moved to another place does not open. */
  #bound(place: number): string {
    return `${this.#name} ${place}`;
  }
}
