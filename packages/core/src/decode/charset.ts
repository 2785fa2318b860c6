/** What a read is decoded with where it is not valid UTF-8. */
export type FallbackCharset = 'windows-1251' | 'latin1';

export const FALLBACK_CHARSETS: readonly FallbackCharset[] = ['windows-1251', 'latin1'];

/** Decodes scanner bytes; never fails, since the raw bytes are kept beside the text. */
export type DecodeText = (bytes: Uint8Array) => string;

/** Strict UTF-8, else the fallback. The decoders are made once a reader: a scan costs no set-up. */
export function createTextDecoder(fallback: FallbackCharset): DecodeText {
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const windows1251 = new TextDecoder('windows-1251');
  return (bytes) => {
    const ascii = bytes.length <= SHORT ? shortAscii(bytes) : undefined;
    if (ascii !== undefined) return ascii;
    try {
      return utf8.decode(bytes);
    } catch {
      return fallback === 'windows-1251' ? windows1251.decode(bytes) : latin1(bytes);
    }
  };
}

/** Arguments of one call; far below every engine's limit. */
const CHUNK = 4096;
/** Nearly every code; longer texts are worth the call of a decoder. */
const SHORT = 64;

/** A short text without a call out of the engine: goods wait while it is made. */
function shortAscii(bytes: Uint8Array): string | undefined {
  let text = '';
  const { length } = bytes;
  for (let i = 0; i < length; i += 1) {
    const byte = bytes[i] ?? 0;
    if (byte > 0x7f) return undefined;
    text += String.fromCharCode(byte);
  }
  return text;
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += CHUNK) text += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  return text;
}
