import type { NativeBinding, Address } from './binding.js';

/** What 1C hands to an add-in, and gets back. */
export type Value = string | number | boolean | undefined;

/** `tVariant` on Linux x86-64, as measured on compiled components: 64 bytes, type at 60, length of a string at 8. */
export const VARIANT_BYTES = 64;
const TYPE_AT = 60;
const LENGTH_AT = 8;

/** Type numbers of the Native API. */
const VT = { EMPTY: 0, I2: 2, I4: 3, R4: 4, R8: 5, BOOL: 11, I1: 16, UI1: 17, UI2: 18, UI4: 19, I8: 20, UI8: 21, PWSTR: 22 } as const;

/** Writes a value as 1C passes it; a string's memory is the host's and comes back, to be freed after the call. */
export function putVariant(native: NativeBinding, at: Address, value: Value): Address | undefined {
  const slot = native.view(at, VARIANT_BYTES).fill(0);
  if (value === undefined) return undefined;
  if (typeof value === 'boolean') {
    slot.writeUInt8(value ? 1 : 0, 0);
    slot.writeUInt16LE(VT.BOOL, TYPE_AT);
    return undefined;
  }
  if (typeof value === 'number') {
    const whole = Number.isInteger(value) && Math.abs(value) < 2 ** 31;
    if (whole) slot.writeInt32LE(value, 0);
    else slot.writeDoubleLE(value, 0);
    slot.writeUInt16LE(whole ? VT.I4 : VT.R8, TYPE_AT);
    return undefined;
  }
  const text = putString(native, value);
  slot.writeBigUInt64LE(text, 0);
  slot.writeUInt32LE(value.length, LENGTH_AT);
  slot.writeUInt16LE(VT.PWSTR, TYPE_AT);
  return text;
}

/** Reads what an add-in put there. `text`: where its string lies, in memory of the host's manager. */
export function takeVariant(native: NativeBinding, at: Address): { readonly value: Value; readonly text?: Address } {
  const slot = native.view(at, VARIANT_BYTES);
  const type = slot.readUInt16LE(TYPE_AT);
  switch (type) {
    case VT.EMPTY:
      return { value: undefined };
    case VT.BOOL:
      return { value: slot.readUInt8(0) !== 0 };
    case VT.I2:
      return { value: slot.readInt16LE(0) };
    case VT.I4:
      return { value: slot.readInt32LE(0) };
    case VT.UI4:
      return { value: slot.readUInt32LE(0) };
    case VT.I8:
      return { value: Number(slot.readBigInt64LE(0)) };
    case VT.R4:
      return { value: slot.readFloatLE(0) };
    case VT.R8:
      return { value: slot.readDoubleLE(0) };
    case VT.PWSTR: {
      const text = slot.readBigUInt64LE(0);
      const length = slot.readUInt32LE(LENGTH_AT);
      return { value: length === 0 || text === 0n ? '' : native.view(text, length * 2).toString('utf16le'), text };
    }
    default:
      throw new Error(`the add-in returned a value of type ${String(type)}, which 1C would not take here`);
  }
}

/** A UTF-16 text with its terminator. */
export function putString(native: NativeBinding, text: string): Address {
  const bytes = Buffer.from(`${text}\0`, 'utf16le');
  const at = native.alloc(bytes.length);
  native.view(at, bytes.length).set(bytes);
  return at;
}

/** Longest text that is read up to its terminator, in characters. */
const MAX_TEXT = 65_536;

/** A UTF-16 text up to its terminator. */
export function takeString(native: NativeBinding, at: Address | null): string {
  if (at === null || at === 0n) return '';
  let length = 0;
  while (length < MAX_TEXT && native.view(at + BigInt(length * 2), 2).readUInt16LE(0) !== 0) length += 1;
  return length === 0 ? '' : native.view(at, length * 2).toString('utf16le');
}
