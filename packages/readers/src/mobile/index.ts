export { createMobileReader } from './mobile-reader.js';
export { MAX_SCAN_BYTES, type MobileReaderContext, type MobileReaderOptions, type PhoneHost, type PhoneScan } from './options.js';
