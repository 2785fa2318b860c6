import type { Read } from '../recognition/formats.js';
import { Votes } from '../recognition/votes.js';
import { looksOf, type Pass } from '../recognition/passes.js';
import { FrameGrabber } from './frames.js';
import type { DecoderThread } from './decoder-thread.js';

/** Sizes at which a photo is looked at, longest side in pixels: small codes need many, blurred ones few. */
const SIZES = [1_600, 2_400, 1_000, 700];
const PASSES: readonly Pass[] = ['raw', 'stretch', 'zoom', 'turn45', 'turn15', 'turn75', 'turn30', 'turn60', 'invert'];

/**
 * The code in a photo, where the browser gives no camera. Linear codes have to be read alike twice here too: at another size, or after
 * another preparation. Undefined: none, or not certain. Rejects for a file that is no picture.
 */
export async function readPhoto(file: Blob, thread: DecoderThread): Promise<Read | undefined> {
  const picture = await createImageBitmap(file);
  const grabber = new FrameGrabber();
  const votes = new Votes();
  try {
    for (const passes of [PASSES.slice(0, 3), PASSES.slice(3)]) {
      for (const size of SIZES) {
        const frame = grabber.grab(picture, picture.width, picture.height, 1, size);
        if (frame === undefined) return undefined;
        for (const read of await thread.decode(frame, passes.map((pass) => looksOf(pass)))) if (votes.certain(read, 0)) return read;
      }
    }
    return undefined;
  } finally {
    picture.close();
  }
}
