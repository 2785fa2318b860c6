import { NdefError, parseNdef, TNF, type NdefRecord } from './ndef.js';

/** What the first byte of a URI record stands for (NFC Forum URI RTD 1.0, table 3); others stand for nothing. */
const URI_PREFIXES: readonly string[] = [
  '', 'http://www.', 'https://www.', 'http://', 'https://', 'tel:', 'mailto:', 'ftp://anonymous:anonymous@', 'ftp://ftp.', 'ftps://',
  'sftp://', 'smb://', 'nfs://', 'ftp://', 'dav://', 'news:', 'telnet://', 'imap:', 'rtsp://', 'urn:', 'pop:', 'sip:', 'sips:', 'tftp:',
  'btspp://', 'btl2cap://', 'btgoep://', 'tcpobex://', 'irdaobex://', 'file://', 'urn:epc:id:', 'urn:epc:tag:', 'urn:epc:pat:',
  'urn:epc:raw:', 'urn:epc:', 'urn:nfc:',
];

export type NdefKind = 'uri' | 'text';

/**
 * The text of the first record of one of these kinds; of a smart poster, its address. `undefined` where there is none.
 * @throws {NdefError} on a record that breaks its format
 */
export function ndefText(message: Uint8Array, kinds: readonly NdefKind[]): string | undefined {
  return firstText(parseNdef(message), kinds, true);
}

function firstText(records: readonly NdefRecord[], kinds: readonly NdefKind[], posters: boolean): string | undefined {
  for (const record of records) {
    if (kinds.includes('uri')) {
      const uri = uriOf(record);
      if (uri !== undefined) return uri;
      if (posters && record.tnf === TNF.wellKnown && record.type === 'Sp') return firstText(parseNdef(record.payload), ['uri'], false);
    }
    if (kinds.includes('text') && record.tnf === TNF.wellKnown && record.type === 'T') return textOf(record.payload);
  }
  return undefined;
}

function uriOf({ tnf, type, payload }: NdefRecord): string | undefined {
  // an absolute URI stands in the type field (NFC Forum NDEF 1.0, 3.2.6)
  if (tnf === TNF.uri) return type;
  if (tnf !== TNF.wellKnown || type !== 'U') return undefined;
  const [code, ...rest] = payload;
  if (code === undefined) throw new NdefError('an empty URI record');
  return `${URI_PREFIXES[code] ?? ''}${decode('utf-8', Uint8Array.from(rest))}`;
}

/** NFC Forum Text RTD 1.0, 3.2: bit 7 says UTF-16, the low six bits the length of the language code. */
function textOf(payload: Uint8Array): string {
  const status = payload[0];
  if (status === undefined) throw new NdefError('an empty text record');
  const start = 1 + (status & 0x3f);
  if (start > payload.length) throw new NdefError('the language code is longer than the record');
  const text = payload.subarray(start);
  if ((status & 0x80) === 0) return decode('utf-8', text);
  const little = text[0] === 0xff && text[1] === 0xfe;
  return decode(little ? 'utf-16le' : 'utf-16be', text);
}

function decode(charset: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    throw new NdefError(`the text is not ${charset.toUpperCase()}`);
  }
}
