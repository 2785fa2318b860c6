export {
  profileSchemas,
  DEVICE_MODES,
  GS_KEYS,
  LAYOUT_NAMES,
  TERMINATORS,
  type CustomLayout,
  type DeviceMode,
  type DeviceProfile,
  type GsKey,
  type LayoutChoice,
  type LayoutName,
  type Terminator,
} from './schema.js';
export { builtInProfiles } from './built-in.js';
export { mergeProfiles, profileOf, type UsbIdentity } from './match.js';
export { GENERAL_VENDORS, normalUsbId, pidMatches } from './usb-id.js';
export { matchOfSources, splitTypeLetter, walletReaders, WALLET_SOURCES, type WalletReader, type WalletSource } from './wallet-readers.js';
