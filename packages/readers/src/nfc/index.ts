export * from './chain/index.js';
export { createNfcReader } from './nfc-reader.js';
export type { NfcReaderContext, NfcReaderOptions } from './options.js';
export { openInspector, type InspectedCard, type InspectOptions, type Inspector } from './inspector.js';
export { surveyNfc, type NfcSurvey, type SurveyedReader } from './survey.js';
export { unwireProblem } from './host/wire-secrets.js';
export { isNeverTouched, isWanted } from './backend/allow.js';
export { systemService, type PcscService } from './service/pcsc-service.js';
export type { BackendChoice } from './host/protocol.js';
