import type { Clock, ProbeRow } from '@tillbridge/core';
import type { AuthorizeAnswer } from '../front/contract.js';
import type { GuestAuthorizer } from '../front/options.js';
import { serverUrl } from '../server-url.js';
import { PosServerClient, type PosProblem, type PosServerOptions } from './client.js';
import { probePosServer } from './probe.js';

export interface GuestAuthorizerOptions extends Omit<PosServerOptions, 'url'> {
  /** The till's id. */
  readonly id: string;
  readonly url: string;
}

/** A word for the plugin of each problem. `posServerSilent`: it may have been done; the order shows it. */
const REASONS: Readonly<Record<PosProblem, string>> = {
  notFound: 'notFound',
  fault: 'posServerRefused',
  login: 'posServerLogin',
  timeout: 'posServerUnavailable',
  refused: 'posServerUnavailable',
  tls: 'posServerUnavailable',
  connectionLost: 'posServerUnavailable',
  badAnswer: 'posServerUnavailable',
  serverError: 'posServerUnavailable',
  aborted: 'posServerUnavailable',
};

/**
 * The POS server for the plugin, which looks at the order itself before and after.
 *
 * @throws {TillbridgeError} `TB_TILL_BAD_URL`
 */
export function createGuestAuthorizer({ id, url, ...options }: GuestAuthorizerOptions, { clock }: { readonly clock: Clock }): GuestAuthorizer {
  const server = { ...options, url: serverUrl({ id, url }) };
  const client = new PosServerClient(server, clock);
  return {
    authorize: async ({ credential, scope }, orderId, signal): Promise<AuthorizeAnswer> => {
      const answer = await client.authorize(credential.reveal(), scope, orderId, signal);
      if (answer.ok) return { done: true };
      return { done: false, reason: answer.sent ? 'posServerSilent' : REASONS[answer.problem] };
    },
    probe: (signal): Promise<readonly ProbeRow[]> => probePosServer(client, { till: id, host: server.url.host }, signal),
    close: () => {
      client.close();
      return Promise.resolve();
    },
  };
}
