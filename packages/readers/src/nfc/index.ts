export * from './chain/index.js';
export { createNfcReader } from './nfc-reader.js';
export type { NfcReaderContext, NfcReaderOptions } from './options.js';
export { isNeverTouched, isWanted } from './backend/allow.js';
export { systemService, type PcscService } from './service/pcsc-service.js';
export type { BackendChoice } from './host/protocol.js';
