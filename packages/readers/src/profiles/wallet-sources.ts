/** Where a read came from, for readers that say so by a letter in front of it. */
export const WALLET_SOURCES = ['appleVas', 'smartTap', 'mifareClassic', 'type2', 'type4', 'type5', 'emulation', 'scanner', 'appleAccess'] as const;
export type WalletSource = (typeof WALLET_SOURCES)[number];
