/** A GUID as the cash server writes it, in braces and upper case; `undefined` for what is none. */
export function rk7Guid(text: string): string | undefined {
  const digits = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i.exec(text.trim())?.[1];
  return digits === undefined ? undefined : `{${digits.toUpperCase()}}`;
}
