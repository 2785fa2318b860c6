import { describeReader, type ReaderDevice } from '@tillbridge/testkit/suites';
import type { Reader } from '@tillbridge/core';

const { HttpReader } = (await import(new URL('../../examples/own-reader/http-reader.mjs', import.meta.url).href)) as {
  readonly HttpReader: new (options: { readonly id: string }) => Reader & { readonly url: string };
};

/** A kiosk: what is one read for the suite, with CR behind it, is one request. Its going away is nothing that a listening reader could see. */
class Kiosk implements ReaderDevice {
  readonly #reader: { readonly url: string };

  constructor(reader: { readonly url: string }) {
    this.#reader = reader;
  }
  async send(bytes: Uint8Array): Promise<void> {
    const body = bytes.at(-1) === 0x0d ? bytes.slice(0, -1) : bytes.slice();
    await fetch(this.#reader.url, { method: 'POST', body });
  }
  unplug(): void {
    // a kiosk that is switched off posts nothing
  }
  replug(): void {
    // and needs nobody's leave to post again
  }
}

describeReader(
  'of the example',
  () => {
    const reader = new HttpReader({ id: 'kiosk' });
    return { reader, device: new Kiosk(reader) };
  },
  { stream: false, staysReady: true },
);
