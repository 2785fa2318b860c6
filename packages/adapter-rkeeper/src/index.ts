export { createDeviceTill } from './device/device-till.js';
export { createXmlTill, type XmlContext } from './xml-transport/xml-adapter.js';
export type { OrderChoiceOption, XmlTillOptions } from './xml-transport/options.js';
export { xmlHosts } from './xml-transport/server-url.js';
export type { ConflictPolicy } from './xml-transport/setup.js';
export type { CertificatePins, Trust } from './connection/trust.js';
export { DEFAULT_RULES, fitNumber, isInt64, STAFF_CARD, type NumberRules } from './number-rules.js';
export type { McrDevice } from './rk7/commands.js';
export type { Rk7Ref } from './rk7/reference.js';
