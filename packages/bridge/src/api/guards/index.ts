export { checkAccess, neededScope } from './access.js';
export { checkHost, type OwnAddress } from './host.js';
export { checkOrigin, type Provenance } from './origin.js';
export { checkPeer, isLoopbackPeer } from './peer.js';
export { checkSize, MAX_REQUEST_BYTES } from './size.js';
export { presentedToken, type Credentials } from './token.js';
export { REFUSAL_REASONS, type RefusalReason, type Verdict } from './verdict.js';
