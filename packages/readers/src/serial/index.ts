export type { LineSettings, SerialMatch, SerialReaderContext, SerialReaderOptions, SerialWhere } from './options.js';
export { createSerialReader } from './serial-reader.js';
