export { createHidReader } from './hid-reader.js';
export type { HidReaderContext, HidReaderOptions } from './options.js';
export { LAYOUTS, namedLayout, type ReportLayout } from './layouts.js';
export { guessLayout } from './choose-layout.js';
export { layoutOfDescriptor } from './descriptor-layout.js';
export { parseReport, type Chunk, type ParsedReport } from './parse-report.js';
export { listHidByDriver, type DriverListContext } from './list-by-driver.js';
