export { BaseCard, isSelect, ok as okAnswer, parseCommand, selects, SW as STATUS_WORDS, type Command as CardCommand, type VirtualCard } from './virtual-card.js';
export * from './atr.js';
export * from './cards.js';
export { AppleWalletPhone, type ApplePass, type ApplePhoneMood, type ApplePhoneOptions } from './apple-phone.js';
export { GoogleWalletPhone, type GooglePhoneMood, type GooglePhoneOptions } from './google-phone.js';
export { FaultyCard, noFaults, type NfcFaults } from './fault-dial.js';
export { cardSession, type VirtualCardSession } from './card-session.js';
export { VpcdFrames, vpcdFrame, type VpcdRequest } from './vpcd-frames.js';
export { VPCD_PORT, VpcdSlot, type VpcdOptions } from './vpcd-slot.js';
