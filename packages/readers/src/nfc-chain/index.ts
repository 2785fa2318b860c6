// Reading cards without the reader: for whoever checks settings.
export { compileChain } from '../nfc/chain/compile-chain.js';
