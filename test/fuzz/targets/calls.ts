import { retryAfterMs, systemClock } from '@tillbridge/core';
import { checkHost, checkOrigin, checkPeer, checkSize, MAX_REQUEST_BYTES, presentedToken } from '../../../packages/bridge/src/api/guards/index.js';
import { eventWishOf } from '../../../packages/bridge/src/api/upgrade.js';
import { addressKind, isLocal } from '../../../packages/bridge/src/phones/network/address-kind.js';
import { testRegistry } from '../../../packages/bridge/src/api/clients/test-support.js';
import { listenerCalls } from '../../../packages/bridge/src/control/calls.js';
import { codeBytes } from '../../../packages/bridge/src/control/code-bytes.js';
import { createRouter, type Call } from '../../../packages/bridge/src/control/http.js';
import { CONTROL_CALLER } from '../../../packages/bridge/src/control/scope.js';
import type { Daemon } from '../../../packages/bridge/src/daemon/daemon.js';
import type { Desks } from '../../../packages/bridge/src/desk/index.js';
import { fieldsOf, JSON_WORDS, must, textOf, type FuzzTarget } from '../target.js';

/** The request was found sound, and went on to what it is about. */
class Handled extends Error {}

/** Stands for everything behind the calls: whatever is asked of it, the request got that far. */
function beyond(): unknown {
  return new Proxy((): undefined => undefined, {
    get: (_, name) => (name === 'clock' ? systemClock : beyond()),
    apply: () => {
      throw new Handled('handled');
    },
  });
}

const calls: readonly Call[] = listenerCalls({
  daemon: beyond() as Daemon,
  clients: testRegistry(systemClock).registry,
  metrics: () => {
    throw new Handled('handled');
  },
  addresses: () => ({ api: 'off', stations: 'off' }),
  desks: beyond() as Desks,
});
const route = createRouter(calls);
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** A request as JSON: which call by number or path, its query and its body. */
const apiRequest: FuzzTarget = {
  name: 'api-request',
  maxBytes: 8192,
  throws: [Handled],
  dictionary: [...JSON_WORDS, '"call":1', '"call":17', '"path":"/v1/scans"', '"method":"POST"', '"query":"wait=1"', '"body":{', '"code":"9812345678901234"', '"hex":"1d"', '"reader":"counter"', '"outcome":"applied"', '"state":"opened"', '"receiptId":"r"', '"lines":[]', '%00', '%ff', '&limit=1', 'since=', 'limit='],
  run: async (input, random) => {
    const fields = fieldsOf(input);
    if (fields === undefined) return 'no object';
    const { call: number, path: asked, method: wished, query, body } = fields;
    const path = typeof asked === 'string' ? asked : '/v1/scans';
    const found = typeof number === 'number' && Number.isInteger(number) ? { call: calls[Math.abs(number) % calls.length]!, params: { id: 'front' } } : route(METHODS.find((each) => each === wished) ?? random.pick(METHODS), path);
    if (found === undefined) return 'no call';
    const { call, params } = found;
    must(!Object.hasOwn(params, '__proto__'), 'a parameter that changes its object');
    if (call.path === '/v1/scans' && typeof body === 'object' && body !== null) {
      const { code, hex } = body as Readonly<Record<string, unknown>>;
      if (typeof code === 'string' || typeof hex === 'string') must(codeBytes({ ...(typeof code === 'string' ? { code } : {}), ...(typeof hex === 'string' ? { hex } : {}) }).length <= 8192, 'a code that is too long');
    }
    const request = { method: call.method, path, params, query: new URLSearchParams(typeof query === 'string' ? query : ''), body, caller: CONTROL_CALLER, language: 'en' as const, signal: new AbortController().signal };
    try {
      return `${call.method} ${call.path} ${String((await call.run(request)).status)}`;
    } catch (error) {
      if (error instanceof Handled) return `${call.method} ${call.path} handled`;
      throw error;
    }
  },
};

/** The headers of a request before anybody is believed: one text for each of them. */
const apiHeaders: FuzzTarget = {
  name: 'api-headers',
  maxBytes: 400,
  dictionary: ['127.0.0.1:7843', 'localhost:7843', '[::1]:7843', '::ffff:127.0.0.1', 'https://till.example', 'Bearer ', 'bearer.', 'tillbridge.v1, bearer.abc', 'null', '@', '.', 'since=1', '10.0.0.1', 'fe80::1%eth0'],
  run: (input) => {
    const text = textOf(input);
    const host = checkHost([text], { host: '127.0.0.1', port: 7843 }).ok;
    must(!host || /^(?:127\.0\.0\.1|localhost|\[::1\]):7843$/i.test(text), 'a host of somebody else is ours');
    must(!checkHost([text, text], { host: '127.0.0.1', port: 7843 }).ok, 'two hosts are one');
    const origin = checkOrigin({ origin: text, fetchSite: undefined }, ['https://till.example']).ok;
    must(!origin || text === 'https://till.example', 'an origin that is not listed');
    const peer = checkPeer(text).ok;
    must(!peer || addressKind(text) === 'loopback', 'a peer that is not of this machine');
    const size = checkSize(text).ok;
    must(!size || text === '' || Number(text) <= MAX_REQUEST_BYTES, 'a body that is too long');
    const token = presentedToken({ authorization: text, protocols: undefined });
    must(token === '' || /^[\w-]{1,200}$/.test(token ?? ''), 'a token that is none');
    const offered = presentedToken({ authorization: undefined, protocols: text });
    must(offered === undefined || offered.length <= text.length, 'a token longer than its header');
    const wait = retryAfterMs(text);
    must(wait === undefined || (wait >= 0 && wait <= 3_600_000), 'a wait without an end');
    return `${[host, origin, peer, size, isLocal(text)].map(Number).join('')} ${addressKind(text)} ${String(token === '')} ${String(offered === undefined)} ${String(wait === undefined)} ${JSON.stringify(Object.keys(eventWishOf(new URLSearchParams(text))))}`;
  },
};

export const apiCalls: readonly FuzzTarget[] = [apiRequest, apiHeaders];
