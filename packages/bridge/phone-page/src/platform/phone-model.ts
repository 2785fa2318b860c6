/** What kind of phone this is, for the list at the till: no version, nothing that tells two of the same kind apart. */
export function phoneModel(userAgent: string): string {
  const android = /Android [\d.]+; ([^;)]{1,40}?)(?: Build\/|\)|;)/.exec(userAgent)?.[1];
  const system = /iPhone|iPad|Android|Windows|Macintosh|Linux/.exec(userAgent)?.[0] ?? '';
  const browser = /YaBrowser|SamsungBrowser|HuaweiBrowser|EdgA?|OPR|CriOS|FxiOS|Firefox|Chrome|Safari/.exec(userAgent)?.[0] ?? '';
  // Chrome writes K for every model since version 110
  return [android === undefined || android === 'K' ? system : android, browser].filter((part) => part !== '').join(', ');
}
