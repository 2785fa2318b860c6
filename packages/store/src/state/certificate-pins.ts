import { readFileSync } from 'node:fs';
import { errorCode, replaceFile } from './atomic-file.js';
import type { StateFolder } from './state-folder.js';

/**
 * The certificates that servers of the store are known by, in `pins.json` of the state folder: `host:port` to SHA-256 fingerprint. Nothing
 * in it is secret. Read anew each time: an administrator may take a line out.
 */
export class CertificatePinFile {
  readonly #state: StateFolder;

  constructor(state: StateFolder) {
    this.#state = state;
  }

  get(server: string): string | undefined {
    return this.#read().get(server);
  }

  /** Durable when it resolves. Rejects when the file cannot be written: what is not kept must not count. */
  put(server: string, fingerprint: string): Promise<void> {
    const pins = this.#read();
    pins.set(server, fingerprint);
    return new Promise((resolve) => {
      replaceFile(this.#state.file(FILE), Buffer.from(`${JSON.stringify(Object.fromEntries(pins), null, 2)}\n`));
      resolve();
    });
  }

  /** @throws {SyntaxError} for a damaged file: to forget what is pinned would let anybody in. */
  #read(): Map<string, string> {
    let text: string;
    try {
      text = readFileSync(this.#state.file(FILE), 'utf8');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return new Map();
      throw error;
    }
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) throw new SyntaxError('pins.json is not an object');
    return new Map(Object.entries(value).flatMap(([server, pin]) => (typeof pin === 'string' ? [[server, pin] as const] : [])));
  }
}

const FILE = 'pins.json';
