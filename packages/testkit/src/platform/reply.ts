/** What a platform answers; a body is written to the byte as it stands here. */
export interface PlatformReply {
  readonly status: number;
  readonly type?: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A number that is written exactly so, whatever JavaScript makes of it. */
export class RawNumber {
  readonly text: string;

  constructor(text: string) {
    if (!/^-?\d+(\.\d+)?$/.test(text)) throw new Error('this is no number');
    this.text = text;
  }
}

// no text of a simulator begins with it
const MARK = '\u0001raw:';

/** JSON with {@link RawNumber}s in it. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, (_key, each: unknown) => (each instanceof RawNumber ? `${MARK}${each.text}` : each));
  return text.replace(/"\\u0001raw:(-?[\d.]+)"/g, '$1');
}

export function json(status: number, value: unknown, headers?: PlatformReply['headers']): PlatformReply {
  return { status, type: 'application/json; charset=utf-8', text: jsonText(value), ...(headers === undefined ? {} : { headers }) };
}

export function xml(status: number, text: string): PlatformReply {
  return { status, type: 'text/xml; charset=utf-8', text: `<?xml version="1.0" encoding="utf-8"?>${text}` };
}

export function nothing(status: number, headers?: PlatformReply['headers']): PlatformReply {
  return { status, text: '', ...(headers === undefined ? {} : { headers }) };
}

/** Text between tags. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
