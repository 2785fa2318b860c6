import { systemClock } from '@tillbridge/core';
import { testRegistry } from '../../../packages/bridge/src/api/clients/test-support.js';
import { listenerCalls } from '../../../packages/bridge/src/control/calls.js';
import { codeBytes } from '../../../packages/bridge/src/control/code-bytes.js';
import { createRouter, type Call } from '../../../packages/bridge/src/control/http.js';
import { CONTROL_CALLER } from '../../../packages/bridge/src/control/scope.js';
import type { Daemon } from '../../../packages/bridge/src/daemon/daemon.js';
import type { Desks } from '../../../packages/bridge/src/desk/index.js';
import { fieldsOf, JSON_WORDS, must, type FuzzTarget } from '../target.js';

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

export const apiCalls: readonly FuzzTarget[] = [apiRequest];
