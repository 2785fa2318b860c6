/**
 * Names under which contactless readers appear, on Linux (libccid, acsccid) and on Windows (vendor drivers).
 * OMNIKEY: models with a contact slot mark the contactless one with CL; the others are contactless by model.
 */
const CONTACTLESS =
  /ACR122|ACR125|ACR1[25]\d\d|WalletMate|OMNIKEY 5(02\d|127|427)|OMNIKEY.*[\dx][- ]?CL\b|TWN4|uTrust 37|PICC|CL Reader|Contactless|NFC/i;

/**
 * Never touched, whatever is configured: slots for contact and SAM cards ("PICC" contains "ICC": hence the word boundary) and the tokens
 * with which Russian shops sign (EGAIS, Honest Sign) or somebody logs in. A second program that holds a connection breaks their signing.
 */
const NEVER = /\b(SAM|ICC)\b|Rutoken|Aktiv|JaCarta|Aladdin|eToken|SafeNet|ESMART|YubiKey|Yubico|Nitrokey|Virtual Smart|Windows Hello|Infocrypt|VPN-Key/i;

/** Whether a PC/SC reader is ours to use. `name`: part of the name as configured; without it any contactless reader. */
export function isWanted(reader: string, name?: string): boolean {
  if (NEVER.test(reader)) return false;
  return name === undefined ? CONTACTLESS.test(reader) : reader.toLowerCase().includes(name.toLowerCase());
}

/** Whether it is one of those that are never touched. */
export function isNeverTouched(reader: string): boolean {
  return NEVER.test(reader);
}
