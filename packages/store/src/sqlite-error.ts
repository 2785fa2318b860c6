/** SQLite's primary result codes that are told apart here. https://sqlite.org/rescode.html */
export const SQLITE = { error: 1, busy: 5, corrupt: 11, notADatabase: 26 } as const;

/** The primary result code of an error of `node:sqlite`, or `undefined` for any other error. */
export function sqliteCode(error: unknown): number | undefined {
  const code: unknown = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  return typeof code === 'number' ? code & 0xff : undefined;
}
