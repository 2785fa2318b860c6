import { createFramer, type Framer } from './framer.js';
import { FRAMING_DEFAULTS, READLINE_DEFAULTS, type FramingOptions, type ReadlineOptions } from './options.js';
import { createReadlineFramer } from './readline-framer.js';

/** How a reader's `framing` is given: what is left out has its default. `readline` is for line-oriented devices, not for scanners. */
export type ReaderFraming = 'readline' | Partial<FramingOptions> | ({ readonly mode: 'readline' } & Partial<ReadlineOptions>);

/** @throws RangeError for values outside their ranges. */
export function framerFor(framing: ReaderFraming = {}): Framer {
  if (framing === 'readline') return createReadlineFramer();
  return 'mode' in framing ? createReadlineFramer({ ...READLINE_DEFAULTS, ...framing }) : createFramer({ ...FRAMING_DEFAULTS, ...framing });
}
