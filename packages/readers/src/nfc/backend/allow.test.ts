import { describe, expect, it } from 'vitest';
import { isNeverTouched, isWanted } from './allow.js';

const CONTACTLESS = [
  'ACS ACR122U PICC Interface 00 00', // Linux, libccid
  'ACS ACR122 0', // Windows
  'ACS ACR1252 Dual Reader [ACR1252 Dual Reader PICC] 00 00',
  'ACS ACR1252 1S CL Reader PICC 0',
  'ACS ACR1552 1S CL Reader(1) 00 00',
  'ACS WalletMate 1S CL Reader 0',
  'ACS WalletMate II 2S CL Reader 00 00',
  'HID Global OMNIKEY 5022 Smart Card Reader 0',
  'HID Global OMNIKEY 5422CL Smart Card Reader 0',
  'OMNIKEY CardMan 5x21-CL 0',
  'Elatec TWN4 SmartCard NFC 00 00',
  'Identiv uTrust 3700 F CL Reader 0',
];
const TOKENS = [
  'Aktiv Rutoken ECP 00 00', 'Aktiv Co. Rutoken S 0', 'Aladdin R.D. JaCarta 00 00', 'ARDS JaCarta 0', 'Aladdin eToken PRO 0', 'SafeNet eToken 5100 00 00',
  'ESMART Token GOST 0', 'Yubico YubiKey OTP+FIDO+CCID 00 00', 'Microsoft Virtual Smart Card 0', 'ACS ACR1252 1S CL Reader SAM 0',
  'ACS ACR1281 1S Dual Reader ICC 0', 'Rutoken NFC 0',
];
const OTHERS = ['Gemalto PC Twin Reader 0', 'OMNIKEY CardMan 5x21 0', 'HID Global OMNIKEY 5422 Smart Card Reader 0', 'Generic Smart Card Reader 00 00'];

describe('which readers are used', () => {
  it.each(CONTACTLESS)('%s: used', (name) => expect(isWanted(name)).toBe(true));
  it.each(OTHERS)('%s: left alone, unless it is named', (name) => {
    expect(isWanted(name)).toBe(false);
    expect(isNeverTouched(name)).toBe(false);
    expect(isWanted(name, name.slice(0, 8).toUpperCase())).toBe(true);
  });
  it.each(TOKENS)('%s: never touched, even when it is named', (name) => {
    expect(isWanted(name)).toBe(false);
    expect(isWanted(name, name)).toBe(false);
    expect(isNeverTouched(name)).toBe(true);
  });
  it('a name leaves out the other contactless ones', () => {
    expect(isWanted('ACS ACR122 0', 'walletmate')).toBe(false);
  });
});
