import { Masked, TillbridgeError, type ErrorParams } from '@tillbridge/core';
import type { Access, Call, Params } from '../../control/http.js';
import type { Scope } from '../../control/scope.js';
import type { ClientRegistry } from '../clients/index.js';
import type { StationServices } from '../../stations/services.js';
import type { CallDescription, DescribedError, Trust } from './protocol.js';

/** Calls whose answer is the same for everybody as long as the daemon runs. */
const CONSTANT: readonly string[] = ['GET /hello', 'GET /openapi.json'];

/** Calls with a body that change nothing. */
const LOOKS: readonly string[] = ['/v1/translate'];

/** @throws Error for an access that follows from parameters in another way than by standing for them: nobody else could apply it */
export function describeCall({ method, path, access }: Pick<Call, 'method' | 'path' | 'access'>): CallDescription {
  const depends = typeof access === 'function';
  return { method, path, access: depends ? template(path, access) : access, template: depends, looks: method === 'GET' || LOOKS.includes(path), constant: CONSTANT.includes(`${method} ${path}`) };
}

function template(path: string, access: (params: Params) => Scope): string {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const text = access(Object.fromEntries(names.map((name) => [name, `:${name}`])));
  for (const value of ['front', 'a.b-c_9']) {
    const params = Object.fromEntries(names.map((name, i) => [name, `${value}${String(i)}`]));
    if (fill(text, params) !== access(params)) throw new Error(`the access to ${path} cannot be described`);
  }
  return text;
}

/** The access that {@link describeCall} described. */
export function accessOf({ access, template: depends }: CallDescription): Access {
  return depends ? (params) => fill(access, params) as Scope : (access as Access);
}

function fill(text: string, params: Params): string {
  return text.replace(/:(\w+)/g, (whole, name: string) => params[name] ?? whole);
}

export function describeError({ code, params }: TillbridgeError): DescribedError {
  return { code, params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value instanceof Masked ? value.masked : value])) satisfies ErrorParams };
}

export function errorOf({ code, params }: DescribedError): TillbridgeError {
  return new TillbridgeError(code, params);
}

export function describeTrust(clients: Pick<ClientRegistry, 'known'>, services: Pick<StationServices, 'secrets'>): Trust {
  return {
    clients: clients.known().map(({ id, name, scopes, tokenHash }) => ({ id, name, scopes, hash: base64(tokenHash) })),
    plugins: services.secrets().map(({ till, digest }) => ({ till, hash: base64(digest) })),
  };
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
