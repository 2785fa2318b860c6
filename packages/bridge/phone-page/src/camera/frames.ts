import type { Rgba } from '../recognition/gray.js';

/** Longest side of a frame that is decoded, in pixels: more costs time and reads no more. */
const LONGEST = 1_280;

/** Where frames are drawn to be read: one canvas for the page's life. */
export class FrameGrabber {
  readonly #canvas = document.createElement('canvas');
  readonly #context = this.#canvas.getContext('2d', { willReadFrequently: true });

  /** The picture's middle, `zoom` times enlarged (1: all of it). Undefined while there is none. */
  grab(picture: CanvasImageSource, width: number, height: number, zoom: number, longest = LONGEST): Rgba | undefined {
    const [partWidth, partHeight] = [width / zoom, height / zoom];
    const scale = Math.min(1, longest / Math.max(partWidth, partHeight));
    const [toWidth, toHeight] = [Math.round(partWidth * scale), Math.round(partHeight * scale)];
    if (this.#context === null || toWidth < 1 || toHeight < 1) return undefined;
    if (this.#canvas.width !== toWidth) this.#canvas.width = toWidth;
    if (this.#canvas.height !== toHeight) this.#canvas.height = toHeight;
    this.#context.drawImage(picture, (width - partWidth) / 2, (height - partHeight) / 2, partWidth, partHeight, 0, 0, toWidth, toHeight);
    return this.#context.getImageData(0, 0, toWidth, toHeight);
  }
}

/** Calls `onFrame` for each new picture of the video until it is stopped. */
export function eachFrame(video: HTMLVideoElement, onFrame: () => void): () => void {
  let going = true;
  const byVideo = 'requestVideoFrameCallback' in video;
  const next = (): void => {
    if (!going) return;
    onFrame();
    ask();
  };
  const ask = (): void => {
    if (byVideo) video.requestVideoFrameCallback(next);
    else requestAnimationFrame(next);
  };
  ask();
  return () => {
    going = false;
  };
}
