export type { LineSettings, SerialReaderContext, SerialReaderOptions, SerialWhere } from './options.js';
export { createSerialReader } from './serial-reader.js';
