/** What the interface said. `problem` is a word of ours. */
export type CardAnswer =
  | { readonly found: 'one' | 'many' | 'none' }
  | { readonly failed: 'auth' | 'entity' | 'answer'; readonly problem: string };

/**
 * Reads an answer of the standard OData interface: rows in `value`, errors as `odata.error` with a code (JSON) or `m:error` (XML). A text of
 * the server is never passed on: it may hold the code that was asked for.
 */
export function readAnswer(status: number, body: string | undefined): CardAnswer {
  if (status === 401 || status === 403) return { failed: 'auth', problem: `http${String(status)}` };
  if (status === 404) return { failed: 'entity', problem: 'http404' };
  if (status !== 200) return errorOf(status, body);
  const rows = rowsOf(body);
  if (rows === undefined) return { failed: 'answer', problem: 'notOData' };
  return { found: rows === 0 ? 'none' : rows === 1 ? 'one' : 'many' };
}

function rowsOf(body: string | undefined): number | undefined {
  try {
    const value: unknown = JSON.parse(body ?? '');
    const rows = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)['value'] : undefined;
    return Array.isArray(rows) ? rows.length : undefined;
  } catch {
    return undefined;
  }
}

/** Codes seen: -1 for everything inside, 9 for a filter that cannot be made, 14 for an unknown attribute (published lists of the platform's errors). */
function errorOf(status: number, body: string | undefined): CardAnswer {
  const code = /"odata\.error"\s*:\s*\{\s*"code"\s*:\s*"(-?\d{1,4})"/.exec(body ?? '')?.[1] ?? /<m:code>(-?\d{1,4})<\/m:code>/.exec(body ?? '')?.[1];
  const problem = code === undefined ? `http${String(status)}` : `http${String(status)}code${code.replace('-', 'minus')}`;
  // a 400 with an error of the interface: the entity is there, and the attribute is not
  return status === 400 && code !== undefined ? { failed: 'entity', problem } : { failed: 'answer', problem };
}
