import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { openDecoder, type Decoder } from '../../../packages/bridge/phone-page/src/recognition/decoder.js';
import { Recognizer } from '../../../packages/bridge/phone-page/src/recognition/recognizer.js';
import { CYCLE } from '../../../packages/bridge/phone-page/src/recognition/passes.js';
import { DISTURBANCES, TORTURE } from './disturbances.js';
import { Studio, type Picture, type Scene } from './scene.js';
import { FORMATS, pattern, sample, type Format } from './symbols.js';

/** Frames that a presentation lasts: one cycle of the passes, 0.7 s at 30 a second. */
export const PRESENTATION = CYCLE.length;
/** Half of the pixels of 1280 x 720, which is what the page looks at: the codes are as large, there is less table around them. */
const SIZE = { width: 960, height: 540 };
/** Time between two frames, in ms. */
const FRAME_MS = 33;

/** What a process has to do: its share of the presentations. */
export interface RecognitionJob {
  readonly share: number;
  readonly shares: number;
  /** Presentations a format and disturbance. */
  readonly rounds: number;
  /** Sequences of the torture, and frames without a code. */
  readonly torture: number;
  readonly empty: number;
}

export interface Cell {
  readonly format: Format;
  readonly disturbance: string;
  presentations: number;
  read: number;
  frames: number;
  /** Frames until a code was certain, of those that were read. */
  readonly needed: number[];
}

export interface RecognitionResult {
  readonly cells: readonly Cell[];
  frames: number;
  certain: number;
  /** Codes that were believed and are not what was shown. */
  readonly wrong: string[];
  /** Linear codes that one frame alone misread: what the second frame is for. */
  misread: number;
  tortureFrames: number;
  emptyFrames: number;
}

interface Watched {
  readonly certain: string | undefined;
  readonly frames: number;
}

/** The decoder, passes and votes of the page, in Node.js. */
class Eye {
  readonly result: RecognitionResult = { cells: [], frames: 0, certain: 0, wrong: [], misread: 0, tortureFrames: 0, emptyFrames: 0 };
  readonly #decoder: Decoder;

  constructor(decoder: Decoder) {
    this.#decoder = decoder;
  }

  /** Looks at frames until a code is certain, or at all of them with `on`. */
  async watch(what: string, frames: (n: number) => Picture, shown: string | undefined, on = false, most = PRESENTATION): Promise<Watched> {
    const recognizer = new Recognizer();
    let certain: string | undefined;
    for (let n = 0; n < most; n += 1) {
      const { pass, looks } = recognizer.next();
      const read = await this.#decoder.decode(frames(n), looks);
      this.result.frames += 1;
      if (read !== undefined && read.text !== shown) this.result.misread += 1;
      const sure = recognizer.result(pass, read, n * FRAME_MS);
      if (sure === undefined) continue;
      this.result.certain += 1;
      if (sure.text !== shown) this.result.wrong.push(`${what}: ${sure.symbology} ${sure.text} for ${String(shown)}`);
      certain = sure.text;
      if (!on) return { certain, frames: n + 1 };
    }
    return { certain, frames: most };
  }
}

/** A page of text, stripes like bars, the sensor's noise: what cameras see when there is no code. */
function nothing(studio: Studio, n: number): Picture {
  const picture = studio.frame(undefined, { width: 640, height: 480, module: 1, noise: n % 4 === 3 ? 60 : 4 }, n);
  const { width, height, data } = picture;
  if (n % 4 === 1) for (let x = 40; x < width - 40; x += 1) if ((Math.imul(x, 2_654_435_761 + n) >>> 28) % 2 === 0) for (let y = 150; y < 330; y += 1) data[y * width + x] = 30;
  if (n % 4 === 2) for (let i = 0; i < 2_500; i += 1) data.fill(25, ((Math.imul(i, 40_503 + n) >>> 3) % (width * height)) & ~3, (((Math.imul(i, 40_503 + n) >>> 3) % (width * height)) & ~3) + 4);
  return { width, height, data };
}

export async function runRecognition(job: RecognitionJob): Promise<RecognitionResult> {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  const eye = new Eye(await openDecoder({ bytes: wasm }));
  const studio = new Studio();
  const cells: Cell[] = [];
  let turn = 0;
  const mine = (): boolean => (turn += 1) % job.shares === job.share;
  for (const format of FORMATS) {
    for (const [disturbance, scene] of Object.entries(DISTURBANCES)) {
      const cell: Cell = { format, disturbance, presentations: 0, read: 0, frames: 0, needed: [] };
      cells.push(cell);
      for (let round = 0; round < job.rounds; round += 1) {
        if (!mine()) continue;
        const seed = 1 + round * 7_919 + cells.length * 104_729;
        const shown = pattern(format, sample(format, seed % 10_000));
        const { certain, frames } = await eye.watch(`${format}, ${disturbance}`, (n) => studio.frame(shown, { ...SIZE, ...scene }, seed + n), shown.text);
        cell.presentations += 1;
        cell.frames += frames;
        if (certain !== shown.text) continue;
        cell.read += 1;
        cell.needed.push(frames);
      }
    }
  }
  const before = eye.result.frames;
  await torture(eye, studio, job.torture, mine);
  eye.result.tortureFrames = eye.result.frames - before;
  for (let n = 0; n < job.empty; n += 1) if (mine()) eye.result.emptyFrames += (await eye.watch('no code', () => nothing(studio, n), undefined, true, 2)).frames;
  return { ...eye.result, cells };
}

async function torture(eye: Eye, studio: Studio, sequences: number, mine: () => boolean): Promise<void> {
  for (let n = 0; n < sequences; n += 1) {
    if (!mine()) continue;
    const scene: Scene = TORTURE[n % TORTURE.length] ?? { module: 2 };
    const shown = pattern(n % 2 === 0 ? 'ean13' : 'code128', sample(n % 2 === 0 ? 'ean13' : 'code128', (n * 37) % 10_000));
    await eye.watch('torture', (k) => studio.frame(shown, scene, n * 1_009 + k), shown.text, true);
  }
}

/** The results of all processes as one. */
export function joined(results: readonly RecognitionResult[]): RecognitionResult {
  const cells = new Map<string, Cell>();
  for (const cell of results.flatMap((result) => result.cells)) {
    const key = `${cell.format} ${cell.disturbance}`;
    const sum = cells.get(key) ?? { ...cell, presentations: 0, read: 0, frames: 0, needed: [] };
    sum.presentations += cell.presentations;
    sum.read += cell.read;
    sum.frames += cell.frames;
    sum.needed.push(...cell.needed);
    cells.set(key, sum);
  }
  const total = (of: (result: RecognitionResult) => number): number => results.reduce((sum, result) => sum + of(result), 0);
  return {
    cells: [...cells.values()],
    frames: total((r) => r.frames),
    certain: total((r) => r.certain),
    wrong: results.flatMap((result) => result.wrong),
    misread: total((r) => r.misread),
    tortureFrames: total((r) => r.tortureFrames),
    emptyFrames: total((r) => r.emptyFrames),
  };
}
