import type { RawRead } from '../ports/reader.js';
import type { NewId } from '../ids.js';
import { Scan } from '../scan.js';
import { parseAimId, removeEciEscapes } from './aim.js';
import type { DecodeText } from './charset.js';

const STX = 0x02;
const ETX = 0x03;
const BRACKET = 0x5d;
const GS = 0x1d;

/** Makes the scan of a raw read: text, AIM id, symbology, GS1. The bytes stay as they were read. */
export function decodeScan(raw: RawRead, id: string | NewId, reader: string, decodeText: DecodeText): Scan {
  // a frame closed by ETX was opened by STX: both are framing, not data
  const framed = raw.bytes[0] === STX && raw.terminator[0] === ETX;
  const whole = decodeText(framed ? raw.bytes.subarray(1) : raw.bytes);
  // reported apart from the data, or in front of it
  const apart = raw.aim === undefined ? undefined : parseAimId(raw.aim);
  // a look at the byte: texts are put together when somebody reads them, and goods need not wait for that
  const aim = apart ?? (raw.bytes[framed ? 1 : 0] === BRACKET ? parseAimId(whole) : undefined);
  const data = aim === undefined || apart !== undefined ? whole : whole.slice(aim.id.length);
  const text = aim?.eci === true ? removeEciEscapes(data) : data;
  const symbology = raw.symbology ?? aim?.symbology;
  return new Scan({
    id,
    reader,
    bytes: raw.bytes,
    terminator: raw.terminator,
    // UPC-A announced as EAN-13 but sent with its own 12 digits: the 13-digit form has a leading zero
    text: aim?.id === ']E0' && /^\d{12}$/.test(text) ? `0${text}` : text,
    aim: aim?.id,
    symbology,
    gs1: aim === undefined ? hasSeparator(raw.bytes) : aim.gs1,
    at: raw.at,
    partial: raw.partial,
    keys: raw.keys,
  });
}

/** One byte in every charset that scanners send. A loop by index, with no call out of the engine: goods wait for it, and most reads are short. */
function hasSeparator(bytes: Uint8Array): boolean {
  const { length } = bytes;
  for (let i = 0; i < length; i += 1) if (bytes[i] === GS) return true;
  return false;
}
