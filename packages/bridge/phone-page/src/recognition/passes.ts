import { doubled, inverted, middle, softened, stretched, turned, type Gray } from './gray.js';

/**
 * What is done to a frame before the decoder sees it. The decoder alone misses faint and small linear codes, PDF417 that is turned by
 * more than 8 degrees from the nearest quarter turn, linear codes beyond 15, and light codes on dark ground but for the square ones.
 */
export type Pass = 'raw' | 'zoom' | 'stretch' | 'zoomStretch' | 'turn15' | 'turn30' | 'turn45' | 'turn60' | 'turn75' | 'invert';

const STEPS: Readonly<Record<Exclude<Pass, 'raw'>, (frame: Gray) => Gray>> = {
  zoom: (frame) => doubled(middle(frame, 0.5)),
  stretch: (frame) => stretched(softened(middle(frame, 0.6))),
  zoomStretch: (frame) => stretched(softened(doubled(middle(frame, 0.5)))),
  // quarter turns are tried by the decoder itself: these five cover all angles in steps of 15 degrees
  turn15: (frame) => turned(frame, 15),
  turn30: (frame) => turned(frame, 30),
  turn45: (frame) => turned(frame, 45),
  turn60: (frame) => turned(frame, 60),
  turn75: (frame) => turned(frame, 75),
  invert: inverted,
};

export function prepared(frame: Gray, pass: Exclude<Pass, 'raw'>): Gray {
  return STEPS[pass](frame);
}

/** Every other frame goes as it is: most codes need no more, and they must not wait. */
export const CYCLE: readonly Pass[] = [
  'raw', 'zoom', 'raw', 'stretch', 'raw', 'turn45', 'raw', 'turn15', 'raw', 'invert',
  'raw', 'zoomStretch', 'raw', 'turn75', 'raw', 'zoom', 'raw', 'turn30', 'raw', 'stretch', 'raw', 'turn60',
];

/** Which pass is next. What has just found a code is tried again at once, as linear codes need a second frame that agrees. */
export class PassSchedule {
  #next = 0;
  #again: Pass | undefined;

  next(): Pass {
    const again = this.#again;
    this.#again = undefined;
    if (again !== undefined) return again;
    const pass = CYCLE[this.#next % CYCLE.length] ?? 'raw';
    this.#next = (this.#next + 1) % CYCLE.length;
    return pass;
  }

  /** `pass` found something that is not yet certain. */
  found(pass: Pass): void {
    this.#again = pass;
  }

  restart(): void {
    this.#next = 0;
    this.#again = undefined;
  }
}
