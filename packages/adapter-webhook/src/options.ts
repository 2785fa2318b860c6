import { TillbridgeError, type Secret } from '@tillbridge/core';

export interface WebhookOptions {
  /** The till's id. */
  readonly id: string;
  /** Where numbers are posted to: http or https, without user and password in it. */
  readonly url: string;
  /** Signs every request. */
  readonly key: Secret;
  /** Time budget of one delivery in milliseconds, from connecting to the end of the answer. Default 5000. */
  readonly timeoutMs?: number;
}

export const DEFAULT_TIMEOUT_MS = 5000;

/** @throws {TillbridgeError} `TB_TILL_BAD_URL`, without the URL in it: it may carry a token. */
export function parseUrl(options: Pick<WebhookOptions, 'id' | 'url'>): URL {
  const url = URL.parse(options.url);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new TillbridgeError('TB_TILL_BAD_URL', { till: options.id });
  }
  return url;
}

/** The hosts that this till's numbers may leave the machine to, for `config show`: `host` or `host:port`. */
export function webhookHosts(options: Pick<WebhookOptions, 'id' | 'url'>): readonly string[] {
  return [parseUrl(options).host];
}

/** Whether what is sent can be read on the way: plain http to another machine. */
export function isUnprotected(url: URL): boolean {
  if (url.protocol === 'https:') return false;
  return !/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
}
