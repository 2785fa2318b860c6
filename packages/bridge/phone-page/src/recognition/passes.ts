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

/**
 * What is looked for in a prepared frame. `glance`: codes that correct errors, as most of them are held (upright, whole, dark on light), in a fifth of
 * the time of `matrix`, which finds them however they are held. `linear`: the others.
 */
export type Sought = 'glance' | 'matrix' | 'linear';

/** One run of the decoder. */
export interface Look {
  readonly pass: Pass;
  readonly sought: Sought;
}

/** All that a pass is good for; `first` is looked for first. */
export function looksOf(pass: Pass, first: 'matrix' | 'linear' = 'matrix'): readonly Look[] {
  return [{ pass, sought: first }, { pass, sought: first === 'matrix' ? 'linear' : 'matrix' }];
}

/** What is done to the next frame, in this order until a code is found. */
export interface Step {
  readonly pass: Pass;
  readonly looks: readonly Look[];
}

/** Before anything else, whatever the frame's pass is: most codes need no more. */
const GLANCE: Look = { pass: 'raw', sought: 'glance' };

/** Every other frame goes as it is: most codes need no more, and they must not wait. */
export const CYCLE: readonly Pass[] = [
  'raw', 'zoom', 'raw', 'stretch', 'raw', 'turn45', 'raw', 'turn15', 'raw', 'invert',
  'raw', 'zoomStretch', 'raw', 'turn75', 'raw', 'zoom', 'raw', 'turn30', 'raw', 'stretch', 'raw', 'turn60',
];

/** Which pass is next. What has just found a code is tried again at once, as linear codes need a second frame that agrees. */
export class PassSchedule {
  #next = 0;
  #again: Pass | undefined;

  next(): Step {
    const again = this.#again;
    this.#again = undefined;
    // only linear codes need another frame: the long search for the others, which found none in the frame before, comes after them
    if (again !== undefined) return { pass: again, looks: [GLANCE, ...looksOf(again, 'linear')] };
    const pass = CYCLE[this.#next % CYCLE.length] ?? 'raw';
    this.#next = (this.#next + 1) % CYCLE.length;
    return { pass, looks: [GLANCE, ...looksOf(pass)] };
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
