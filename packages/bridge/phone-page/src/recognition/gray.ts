/** A picture in shades of grey, a byte a pixel, row after row. */
export interface Gray {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** A picture as a canvas gives it: red, green, blue, opacity. */
export interface Rgba {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** Weights of ITU-R BT.601 in 1/256, as cameras and the decoder use them. */
export function grayOf(picture: Rgba): Gray {
  const { width, height, data } = picture;
  const gray = new Uint8ClampedArray(width * height);
  for (let i = 0, j = 0; i < gray.length; i += 1, j += 4) gray[i] = ((data[j] ?? 0) * 77 + (data[j + 1] ?? 0) * 150 + (data[j + 2] ?? 0) * 29) >> 8;
  return { width, height, data: gray };
}

/**
 * The picture as a file: PGM, "Portable Graymap", in bytes (Netpbm, `P5`). The decoder takes files of this kind (stb_image: PNM), and one byte a pixel
 * goes into its memory instead of the four of a canvas, which it would make grey again in each of its runs.
 */
export function pgmOf({ width, height, data }: Gray): Uint8Array {
  const header = new TextEncoder().encode(`P5\n${width} ${height}\n255\n`);
  const file = new Uint8Array(header.length + data.length);
  file.set(header);
  file.set(data, header.length);
  return file;
}

/** The middle of a picture: `part` of its width and height, 0..1. */
export function middle(picture: Gray, part: number): Gray {
  const width = Math.max(1, Math.floor(picture.width * part));
  const height = Math.max(1, Math.floor(picture.height * part));
  const [left, top] = [(picture.width - width) >> 1, (picture.height - height) >> 1];
  const data = new Uint8ClampedArray(width * height);
  for (let y = 0; y < height; y += 1) {
    const from = (top + y) * picture.width + left;
    data.set(picture.data.subarray(from, from + width), y * width);
  }
  return { width, height, data };
}

/** The shade between four pixels; `x` and `y` lie within the picture, one pixel off its right and lower edge. */
function between({ width, data }: Gray, x: number, y: number): number {
  const left = x | 0;
  const top = y | 0;
  const fx = x - left;
  const fy = y - top;
  const i = top * width + left;
  const upper = (data[i] ?? 0) * (1 - fx) + (data[i + 1] ?? 0) * fx;
  const lower = (data[i + width] ?? 0) * (1 - fx) + (data[i + width + 1] ?? 0) * fx;
  return upper * (1 - fy) + lower * fy;
}

/** Twice as large, smoothly. */
export function doubled(picture: Gray): Gray {
  const [width, height] = [picture.width * 2, picture.height * 2];
  const data = new Uint8ClampedArray(width * height);
  const [right, bottom] = [Math.max(0, picture.width - 1.001), Math.max(0, picture.height - 1.001)];
  for (let y = 0; y < height; y += 1) {
    const fromY = Math.min(bottom, Math.max(0, y / 2 - 0.25));
    for (let x = 0; x < width; x += 1) data[y * width + x] = between(picture, Math.min(right, Math.max(0, x / 2 - 0.25)), fromY);
  }
  return { width, height, data };
}

/** Each pixel the mean of the nine around it: takes the sensor's noise out. The outermost pixels stay as they are. */
export function softened({ width, height, data: from }: Gray): Gray {
  const data = new Uint8ClampedArray(from);
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const i = y * width + x;
      let sum = 0;
      for (let row = i - width; row <= i + width; row += width) sum += (from[row - 1] ?? 0) + (from[row] ?? 0) + (from[row + 1] ?? 0);
      data[i] = sum / 9;
    }
  }
  return { width, height, data };
}

/** From black to white: the darkest and the lightest 2 % of the pixels become the two ends. */
export function stretched({ width, height, data: from }: Gray): Gray {
  const counts = new Uint32Array(256);
  for (const shade of from) counts[shade] = (counts[shade] ?? 0) + 1;
  const few = from.length * 0.02;
  let [low, high] = [0, 255];
  for (let seen = counts[0] ?? 0; seen < few && low < 255; seen += counts[low] ?? 0) low += 1;
  for (let seen = counts[255] ?? 0; seen < few && high > 0; seen += counts[high] ?? 0) high -= 1;
  const factor = 255 / Math.max(1, high - low);
  const data = new Uint8ClampedArray(from.length);
  for (let i = 0; i < from.length; i += 1) data[i] = ((from[i] ?? 0) - low) * factor;
  return { width, height, data };
}

/** The square in the middle, turned by `degrees`; what was outside of the picture is grey. */
export function turned(picture: Gray, degrees: number): Gray {
  const side = Math.min(picture.width, picture.height);
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const [midX, midY, half] = [picture.width / 2, picture.height / 2, side / 2];
  const data = new Uint8ClampedArray(side * side).fill(128);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const fromX = cos * (x - half) - sin * (y - half) + midX;
      const fromY = sin * (x - half) + cos * (y - half) + midY;
      if (fromX >= 0 && fromY >= 0 && fromX < picture.width - 1 && fromY < picture.height - 1) data[y * side + x] = between(picture, fromX, fromY);
    }
  }
  return { width: side, height: side, data };
}

export function inverted({ width, height, data: from }: Gray): Gray {
  return { width, height, data: from.map((shade) => 255 - shade) };
}
