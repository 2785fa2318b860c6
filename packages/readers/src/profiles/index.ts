export { DEVICE_MODES, GS_KEYS, LAYOUT_NAMES, TERMINATORS, type DeviceMode, type GsKey, type LayoutName, type Terminator } from './names.js';
export type { CustomLayout, DeviceProfile, LayoutChoice } from './schema.js';
export { builtInProfiles } from './built-in.js';
export { mergeProfiles, profileOf, type UsbIdentity } from './match.js';
export { GENERAL_VENDORS, normalUsbId, pidMatches } from './usb-id.js';
export { matchOfSources, splitTypeLetter, walletReaders } from './wallet-readers.js';
export type { WalletReader } from './wallet-schema.js';
export { WALLET_SOURCES, type WalletSource } from './wallet-sources.js';
