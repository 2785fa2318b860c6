/** What the browser keeps; with its storage switched off nothing is kept, and the page works all the same. */
export function readKept(storage: Storage, key: string): string | undefined {
  try {
    return storage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

export function writeKept(storage: Storage, key: string, value: string | undefined): void {
  try {
    if (value === undefined) storage.removeItem(key);
    else storage.setItem(key, value);
  } catch {
    // full, or forbidden: it holds until the page is closed
  }
}
