export { isApplicationIdentifier } from './digital-link.js';
export { isMemberPath } from './json-member.js';
export { markedPhone, MAX_PAYLOAD_LENGTH, MAX_PAYLOAD_VALUE, payloadValue, type PayloadRule } from './payload.js';
