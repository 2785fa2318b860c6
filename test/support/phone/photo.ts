import jpeg from 'jpeg-js';
import { rgba, Studio } from './scene.js';
import { pattern } from './symbols.js';

/** A photo as a phone takes it: three megapixels, JPEG; of an EAN-13 code, or of the table. */
export function photoOf(ean13: string | undefined): Buffer {
  const picture = new Studio().frame(ean13 === undefined ? undefined : pattern('ean13', ean13), { width: 2000, height: 1500, module: 6, turn: 4 }, 5);
  const { width, height, data } = rgba(picture);
  return jpeg.encode({ width, height, data: Buffer.from(data.buffer) }, 85).data;
}
