import { TillbridgeError } from '@tillbridge/core';

/** The address of a server. @throws {TillbridgeError} `TB_TILL_BAD_URL`, without the URL in it */
export function serverUrl({ id, url: text }: { readonly id: string; readonly url: string }): URL {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') throw new TillbridgeError('TB_TILL_BAD_URL', { till: id });
  return url;
}
