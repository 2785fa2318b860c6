import { TillbridgeError } from '@tillbridge/core';
import { XML_PATH } from '../connection/rk7-client.js';
import type { XmlTillOptions } from './options.js';

/** The address of the XML interface. @throws {TillbridgeError} `TB_TILL_BAD_URL`, without the URL in it */
export function serverUrl({ id, url: text }: Pick<XmlTillOptions, 'id' | 'url'>): URL {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') throw new TillbridgeError('TB_TILL_BAD_URL', { till: id });
  if (url.pathname === '/' || url.pathname === '') url.pathname = XML_PATH;
  return url;
}

/** The hosts that this till's numbers may leave the machine to, for `config show`. */
export function xmlHosts(options: Pick<XmlTillOptions, 'id' | 'url'>): readonly string[] {
  return [serverUrl(options).host];
}
