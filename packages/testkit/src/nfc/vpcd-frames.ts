/** What the virtual reader driver asks of a card. */
export type VpcdRequest = { readonly kind: 'powerOff' | 'powerOn' | 'reset' | 'atr' } | { readonly kind: 'apdu'; readonly apdu: Uint8Array };

const CONTROL = { 0x00: 'powerOff', 0x01: 'powerOn', 0x02: 'reset', 0x04: 'atr' } as const;

/**
 * The frames of the virtual reader driver (frankmorgner/vsmartcard, virtualsmartcard/doc/api.txt): two bytes of length, most significant
 * first, then the payload. One byte is a control code, anything longer a command APDU. Pure; holds at most one frame of 64 KiB.
 */
export class VpcdFrames {
  #rest = Buffer.alloc(0);

  /** Bytes as they came; the whole requests in them, in order. Unknown control codes are left out. */
  push(bytes: Uint8Array): VpcdRequest[] {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    const requests: VpcdRequest[] = [];
    while (this.#rest.length >= 2) {
      const end = 2 + this.#rest.readUInt16BE();
      if (this.#rest.length < end) break;
      const payload = Uint8Array.from(this.#rest.subarray(2, end));
      this.#rest = this.#rest.subarray(end);
      const request = requestOf(payload);
      if (request !== undefined) requests.push(request);
    }
    return requests;
  }
}

function requestOf(payload: Uint8Array): VpcdRequest | undefined {
  const [code] = payload;
  if (code === undefined) return undefined;
  if (payload.length > 1) return { kind: 'apdu', apdu: payload };
  const kind = CONTROL[code as keyof typeof CONTROL] as (typeof CONTROL)[keyof typeof CONTROL] | undefined;
  return kind === undefined ? undefined : { kind };
}

/** One frame. @throws {RangeError} for a payload of more than 65535 bytes */
export function vpcdFrame(payload: Uint8Array): Uint8Array {
  if (payload.length > 0xffff) throw new RangeError('a frame carries at most 65535 bytes');
  const head = Buffer.alloc(2);
  head.writeUInt16BE(payload.length);
  return new Uint8Array(Buffer.concat([head, payload]));
}
