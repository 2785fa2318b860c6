export { basicAuth, DigestAuth, headerAuth, TokenAuth, type DigestOptions, type PlatformAuth } from './auth.js';
export { at, isFields, numberAt, PlatformCall, textAt, type Fields } from './call.js';
export { isSimulatedPreset, platformOf, SIMULATED_PRESETS, startPlatform, type SimulatedPreset } from './catalogue.js';
export { CHARSETS, noPlatformFaults, WRONG_ANSWERS, type PlatformFaults } from './faults.js';
export { escapeXml, json, jsonText, nothing, RawNumber, xml, type PlatformReply } from './reply.js';
export { PlatformSimulator, type PlatformExchange, type PlatformOptions, type PlatformSite } from './simulator.js';
export { definePlatform, type PlatformParts, type PlatformRoute, type PlatformSpec, type PlatformVars, type RouteNames } from './spec.js';
export { COUPON_STATES, PlatformWorld, type CouponState, type GuestState, type NewCredit, type PlatformCode, type PlatformCredit, type PlatformGuest, type PlatformMessage } from './world.js';
