export { CATALOGUE, ERROR_CODES, type ErrorCode } from './catalogue/index.js';
export type { ErrorEntry, ErrorText } from './entry.js';
export {
  asTillbridgeError,
  isTillbridgeError,
  printable,
  TillbridgeError,
  type ErrorBody,
  type ErrorParams,
  type Language,
} from './error.js';
