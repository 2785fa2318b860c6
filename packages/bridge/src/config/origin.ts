/** Whether a text is an origin to the letter, as browsers write it in `Origin`: only such a one can ever match. */
export function isOrigin(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
