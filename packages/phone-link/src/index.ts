export * from './noise/keys.js';
export * from './wire/limits.js';
export * from './wire/refusals.js';
export * from './wire/texts.js';
export * from './till/ports.js';
export * from './phone/ports.js';
export * from './till/till-link.js';
export * from './phone/phone-client.js';
