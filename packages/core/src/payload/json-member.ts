/** Deepest path that is followed, in members. */
const MAX_DEPTH = 8;

/** Whether a dotted path can name a member: one to eight names. */
export function isMemberPath(path: string): boolean {
  const names = path.split('.');
  return names.length <= MAX_DEPTH && names.every((name) => /^[\w-]{1,64}$/.test(name));
}

/**
 * A text or a whole number of a JSON object, by its dotted path. A number comes out as it was written only where no digit of it could be
 * lost: beyond 2^53 it gives nothing. An object in which a name of the path stands twice is read as JSON.parse reads it: the last one holds.
 */
export function jsonMember(text: string, path: string): string | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  let value = parsed(text);
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  if (typeof value === 'string') return value;
  return Number.isSafeInteger(value) && !Object.is(value, -0) && Number(value) >= 0 ? String(value) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // its message quotes the text
    return undefined;
  }
}
