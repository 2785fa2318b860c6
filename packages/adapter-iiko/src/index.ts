export { IDENTIFIERS_OF_KIND, NATIVE_IDENTIFIERS, type NativeIdentifier, type NativeIdentifiers } from './native-identifier.js';
export { createDeviceTill } from './device/device-till.js';
export { FrontTill } from './front/front-till.js';
export type { FrontBoard, FrontOptions, FrontPorts, GuestAuthorizer, TakenScan } from './front/options.js';
export type { AuthorizeAnswer, CredentialScope, PluginCallName } from './front/contract.js';
export { isPluginCall } from './front/calls.js';
