export { apiClientErrors } from './catalogue/api-client.js';
export { CATALOGUE, ERROR_CODES, type ErrorCode } from './catalogue/index.js';
export type { ErrorEntry, ErrorText } from './entry.js';
export {
  asTillbridgeError,
  fillText,
  isTillbridgeError,
  printable,
  TillbridgeError,
  type ErrorBody,
  type ErrorParams,
  type Language,
} from './error.js';
