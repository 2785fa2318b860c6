export type JsonObject = Readonly<Record<string, unknown>>;

/** Objects and arrays inside each other. */
const MAX_DEPTH = 4;

/** One JSON object, strictly: UTF-8 without BOM, no key twice, nested at most four deep; `undefined` for anything else. */
export function parseObject(line: Uint8Array): JsonObject | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line);
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return isPlain(text) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

const STRING = /"(?:[^"\\]|\\.)*"/y;
const COLON = /\s*:/y;

/** Looks at a text that is valid JSON for what `JSON.parse` lets pass: repeated keys (the last would win) and depth. */
function isPlain(text: string): boolean {
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '{' || char === '[') {
      open.push(char === '{' ? new Set() : undefined);
      if (open.length > MAX_DEPTH) return false;
    } else if (char === '}' || char === ']') {
      open.pop();
    } else if (char === '"') {
      STRING.lastIndex = at;
      const literal = STRING.exec(text)?.[0] ?? '""';
      at += literal.length - 1;
      COLON.lastIndex = at + 1;
      const keys = open.at(-1);
      if (keys === undefined || !COLON.test(text)) continue;
      const key = String(JSON.parse(literal));
      if (keys.has(key)) return false;
      keys.add(key);
    }
  }
  return true;
}
