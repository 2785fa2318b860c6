export { FRAMING_DEFAULTS, READLINE_DEFAULTS, SUFFIXES, type FramingOptions, type ReadlineOptions, type Suffix } from './options.js';
export { createFramer, type FrameSink, type Framer } from './framer.js';
export { createReadlineFramer } from './readline-framer.js';
export { createFramingDriver, type FramingDriver } from './driver.js';
export { framerFor, type ReaderFraming } from './reader-framing.js';
