// Written apart from the readers' own encoders on purpose: a mistake must not stand on both sides and cancel out.

export function hex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
}

export function join(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts.map((part) => Uint8Array.from(part))));
}

export function latin1(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

/** A status word as two bytes. */
export function sw(word: number): Uint8Array {
  return Uint8Array.of(word >> 8, word & 0xff);
}

/** A BER-TLV object with a value of up to 255 bytes. */
export function tlv(tag: string, ...value: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const body = join(...value);
  return join(hex(tag), body.length < 128 ? [body.length] : [0x81, body.length], body);
}

/** A record of the kind that Smart Tap is made of: external, its name as the type. `first` and `last` of its message. */
export function external(name: string, payload: Uint8Array, first: boolean, last: boolean): Uint8Array {
  return record(0x04, name, '', payload, first, last);
}

export function record(tnf: number, type: string, id: string, payload: Uint8Array, first = true, last = true): Uint8Array {
  const short = payload.length < 256;
  const flags = (first ? 0x80 : 0) + (last ? 0x40 : 0) + (short ? 0x10 : 0) + (id === '' ? 0 : 0x08) + tnf;
  const size = Buffer.alloc(short ? 1 : 4);
  if (short) size.writeUInt8(payload.length);
  else size.writeUInt32BE(payload.length);
  return join([flags, type.length], size, id === '' ? [] : [id.length], latin1(type), latin1(id), payload);
}

/** A message of Smart Tap records. */
export function message(...records: readonly (readonly [name: string, payload: Uint8Array])[]): Uint8Array {
  return join(...records.map(([name, payload], at) => external(name, payload, at === 0, at === records.length - 1)));
}

/** Payloads of the records of a message by their names; throws on a message that breaks its format. */
export function payloads(bytes: Uint8Array): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  const buffer = Buffer.from(bytes);
  for (let at = 0; at < buffer.length; ) {
    const flags = buffer.readUInt8(at);
    const typeLength = buffer.readUInt8(at + 1);
    const short = (flags & 0x10) !== 0;
    const length = short ? buffer.readUInt8(at + 2) : buffer.readUInt32BE(at + 2);
    const hasId = (flags & 0x08) !== 0;
    const idLength = hasId ? buffer.readUInt8(at + (short ? 3 : 6)) : 0;
    const type = at + (short ? 3 : 6) + (hasId ? 1 : 0);
    const start = type + typeLength + idLength;
    if (start + length > buffer.length) throw new RangeError('a record goes beyond the end');
    found.set(buffer.toString('latin1', type, type + typeLength), Uint8Array.from(buffer.subarray(start, start + length)));
    at = start + length;
  }
  return found;
}
