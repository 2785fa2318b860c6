// The decoder in a thread of its own: the page stays quick, and a frame that hangs it can be ended.
import { openDecoder, type Decoder } from './recognition/decoder.js';
import { grayOf } from './recognition/gray.js';
import type { FromDecoder, ToDecoder } from './camera/decoder-messages.js';

/** This thread as far as it is used here; the DOM library's types are those of a page. */
const thread = globalThis as unknown as {
  onmessage: ((event: { readonly data: ToDecoder }) => void) | null;
  postMessage(message: FromDecoder): void;
};

/** The address of the decoder's program on our own server, named by its content at build time: the package's default is a public host. */
declare const __WASM__: string;

const opening: Promise<Decoder> = openDecoder({ url: __WASM__ });
opening.then(
  () => thread.postMessage({ is: 'open' }),
  () => thread.postMessage({ is: 'failed' }),
);

thread.onmessage = ({ data: { id, frame, tries } }) => {
  const work = async (): Promise<void> => {
    const decoder = await opening;
    const reads = [];
    const gray = grayOf(frame);
    for (const looks of tries) {
      const read = await decoder.decode(gray, looks);
      if (read !== undefined) reads.push(read);
    }
    thread.postMessage({ is: 'decoded', id, reads });
  };
  work().catch(() => thread.postMessage({ is: 'decoded', id, reads: [] }));
};
