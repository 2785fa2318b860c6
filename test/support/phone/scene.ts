import type { Pattern } from './symbols.js';

/** A picture in shades of grey. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** How a code is held before the camera. Angles in degrees, lengths in pixels where nothing else is said. */
export interface Scene {
  readonly width?: number;
  readonly height?: number;
  /** Pixels a module. */
  readonly module: number;
  readonly turn?: number;
  /** Turned away from the camera about its upright axis. */
  readonly tilt?: number;
  readonly dark?: number;
  readonly light?: number;
  readonly inverted?: boolean;
  /** Standard deviation of the lens's blur, in modules. */
  readonly blur?: number;
  /** The way that the hand moves while the shutter is open. */
  readonly motion?: number;
  /** Standard deviation of the sensor's noise, in shades. */
  readonly noise?: number;
  /** From the middle. */
  readonly x?: number;
  readonly y?: number;
  /** How much angle and place vary with the seed: 1 is a hand that holds still. */
  readonly shake?: number;
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32, public domain). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Light modules around a code. */
const QUIET = 4;

/** Makes pictures; keeps what they have in common. */
export class Studio {
  readonly #tables = new Map<string, Float32Array>();
  readonly #noise = bell(65_536);

  /** One frame of a camera: a card with a code (or nothing) on a table. */
  frame(pattern: Pattern | undefined, scene: Scene, seed: number): Picture {
    const [width, height] = [scene.width ?? 1280, scene.height ?? 720];
    const random = seeded(seed);
    const pixels = this.#table(width, height, Math.floor(random() * 4)).slice();
    if (pattern !== undefined) {
      const box = draw(pixels, width, height, pattern, scene, random);
      if (scene.blur !== undefined) smear(pixels, width, box, bellWeights(scene.blur * scene.module), true);
      if (scene.motion !== undefined) smear(pixels, width, box, flatWeights(scene.motion), false);
    }
    return this.#noisy(pixels, width, height, scene.noise ?? 3, random);
  }

  /** A table with a soft texture: no code can be read from it, but decoders look twice. */
  #table(width: number, height: number, kind: number): Float32Array {
    const key = `${width} ${height} ${kind}`;
    const known = this.#tables.get(key);
    if (known !== undefined) return known;
    const pixels = new Float32Array(width * height);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) pixels[y * width + x] = 75 + kind * 10 + (8 + kind * 6) * Math.sin(x * 0.013 + y * 0.021) + (((x >> 5) + (y >> 5)) & 1 ? 8 : 0);
    }
    this.#tables.set(key, pixels);
    return pixels;
  }

  #noisy(pixels: Float32Array, width: number, height: number, sigma: number, random: () => number): Picture {
    const data = new Uint8ClampedArray(pixels.length);
    let at = 0;
    for (let i = 0; i < data.length; i += 1) {
      if (i % width === 0) at = Math.floor(random() * 65_536);
      at = (at + 1) & 65_535;
      data[i] = (pixels[i] ?? 0) + (this.#noise[at] ?? 0) * sigma;
    }
    return { width, height, data };
  }
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Draws the card; where it lies. */
function draw(pixels: Float32Array, width: number, height: number, pattern: Pattern, scene: Scene, random: () => number): Box {
  const { module, dark = 30, light = 225, inverted = false, tilt = 0, shake = 1 } = scene;
  const angle = (((scene.turn ?? 0) + (random() - 0.5) * 4 * shake) * Math.PI) / 180;
  const [midX, midY] = [width / 2 + (scene.x ?? 0) + (random() - 0.5) * 40 * shake, height / 2 + (scene.y ?? 0) + (random() - 0.5) * 40 * shake];
  const [halfW, halfH] = [(pattern.width * module) / 2, (pattern.height * module) / 2];
  const [cardW, cardH] = [halfW + QUIET * module + 20, halfH + QUIET * module + 20];
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  // what comes nearer by its tilt looks larger
  const larger = tilt === 0 ? 1 : 1.3;
  const reachX = (Math.abs(cos) * cardW + Math.abs(sin) * cardH) * larger + 4;
  const reachY = (Math.abs(sin) * cardW + Math.abs(cos) * cardH) * larger + 4;
  const box = { left: Math.max(0, Math.floor(midX - reachX)), top: Math.max(0, Math.floor(midY - reachY)), right: Math.min(width, Math.ceil(midX + reachX)), bottom: Math.min(height, Math.ceil(midY + reachY)) };
  const [tiltCos, tiltSin] = [Math.cos((tilt * Math.PI) / 180), Math.sin((tilt * Math.PI) / 180)];
  // a lens that sees about 45 degrees
  const focal = 1.2 * width;
  const samples = module < 3 ? 3 : 2;
  const [ink, paper] = inverted ? [light, dark] : [dark, light];
  for (let y = box.top; y < box.bottom; y += 1) {
    for (let x = box.left; x < box.right; x += 1) {
      let sum = 0;
      let hits = 0;
      for (let s = 0; s < samples * samples; s += 1) {
        let dx = x - midX + ((s % samples) + 0.5) / samples - 0.5;
        let dy = y - midY + (Math.floor(s / samples) + 0.5) / samples - 0.5;
        if (tilt !== 0) {
          const along = (dx * focal) / (focal * tiltCos - dx * tiltSin);
          dy = (dy * (focal + along * tiltSin)) / focal;
          dx = along;
        }
        const u = cos * dx + sin * dy;
        const v = cos * dy - sin * dx;
        if (Math.abs(u) > cardW || Math.abs(v) > cardH) continue;
        hits += 1;
        const column = Math.floor((u + halfW) / module);
        const row = Math.floor((v + halfH) / module);
        const inside = column >= 0 && row >= 0 && column < pattern.width && row < pattern.height;
        sum += inside && pattern.modules[row * pattern.width + column] === 1 ? ink : paper;
      }
      const i = y * width + x;
      if (hits > 0) pixels[i] = (sum + (pixels[i] ?? 0) * (samples * samples - hits)) / (samples * samples);
    }
  }
  return box;
}

/** Weights of a bell curve; of odd length, sum 1. */
function bellWeights(sigma: number): Float64Array {
  const reach = Math.max(1, Math.ceil(sigma * 3));
  const weights = Array.from({ length: reach * 2 + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)));
  const sum = weights.reduce((a, b) => a + b, 0);
  return Float64Array.from(weights, (weight) => weight / sum);
}

function flatWeights(length: number): Float64Array {
  const reach = Math.max(1, Math.round(length / 2));
  return new Float64Array(reach * 2 + 1).fill(1 / (reach * 2 + 1));
}

/** Mixes each pixel of the box with its neighbours: along the rows, and along the columns too. */
function smear(pixels: Float32Array, width: number, box: Box, weights: Float64Array, columns: boolean): void {
  const reach = (weights.length - 1) / 2;
  const line = new Float32Array(Math.max(box.right - box.left, box.bottom - box.top));
  const along = (start: number, step: number, length: number): void => {
    for (let i = 0; i < length; i += 1) line[i] = pixels[start + i * step] ?? 0;
    // the outermost pixels stay as they are: the table is soft there
    for (let i = reach; i < length - reach; i += 1) {
      let sum = 0;
      for (let k = 0; k < weights.length; k += 1) sum += (line[i + k - reach] ?? 0) * (weights[k] ?? 0);
      pixels[start + i * step] = sum;
    }
  };
  for (let y = box.top; y < box.bottom; y += 1) along(y * width + box.left, 1, box.right - box.left);
  if (columns) for (let x = box.left; x < box.right; x += 1) along(box.top * width + x, width, box.bottom - box.top);
}

/** Numbers of the normal distribution (Box and Muller). */
function bell(count: number): Float32Array {
  const random = seeded(77);
  return Float32Array.from({ length: count }, () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
}

export function rgba({ width, height, data }: Picture): { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray<ArrayBuffer> } {
  // all four bytes of a pixel at once; every machine of ours writes the lowest first
  const pixels = new Uint32Array(width * height);
  for (let i = 0; i < pixels.length; i += 1) pixels[i] = 0xff000000 | ((data[i] ?? 0) * 0x010101);
  return { width, height, data: new Uint8ClampedArray(pixels.buffer) };
}
