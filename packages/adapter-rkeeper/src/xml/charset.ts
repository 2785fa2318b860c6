/** Character sets that r_keeper servers answer in. */
export type XmlCharset = 'utf-8' | 'windows-1251';

/**
 * Finds out how an answer is written: its XML declaration says so in ASCII; else the Content-Type does; else it is UTF-8.
 *
 * @param head The first bytes of the answer; 128 are enough.
 */
export function charsetOf(head: Uint8Array, contentType: string | undefined): XmlCharset {
  const declaration = /^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*["']([\w-]+)["']/.exec(Buffer.from(head.subarray(0, 128)).toString('latin1'))?.[1];
  const name = declaration ?? /charset\s*=\s*"?([\w-]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
  return /^(windows-?1251|cp-?1251|win-?1251)$/i.test(name) ? 'windows-1251' : 'utf-8';
}
