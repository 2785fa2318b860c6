/** What proves to an X server that we may come in. */
export interface XCookie {
  readonly name: string;
  readonly data: string;
}

const NONE: XCookie = { name: '', data: '' };

/** Address families (Xauth(7), X.h): Local is this machine by its name, Wild is any. */
const LOCAL = 256;
const WILD = 65_535;

/**
 * The cookie for a local display out of an Xauthority file (libXau: big-endian rows of family, address, number, name and data, each with a
 * 16-bit length). None where there is none: servers that let everybody in do not need one. A torn last row is left out.
 */
export function cookieOf(file: Buffer, hostname: string, displayNumber: string): XCookie {
  let at = 0;
  const field = (): Buffer | undefined => {
    if (at + 2 > file.length) return undefined;
    const end = at + 2 + file.readUInt16BE(at);
    if (end > file.length) return undefined;
    const value = file.subarray(at + 2, end);
    at = end;
    return value;
  };
  while (at + 2 <= file.length) {
    const family = file.readUInt16BE(at);
    at += 2;
    const [address, number, name, data] = [field(), field(), field(), field()];
    if (address === undefined || number === undefined || name === undefined || data === undefined) break;
    const here = family === WILD || (family === LOCAL && address.toString('latin1') === hostname);
    if (here && (number.length === 0 || number.toString('latin1') === displayNumber)) return { name: name.toString('latin1'), data: data.toString('latin1') };
  }
  return NONE;
}
