import { LINK_PATHS, type LinkPath } from '../till/ports.js';

/** Where a request for a till goes, at the till itself and at a relay alike: a phone needs not know which of the two it talks to. */
export function pathTo(tillId: string, path: LinkPath): string {
  return `/v1/to/${tillId}/${path}`;
}

/** Where a relay sends it: the till itself must be there. So no request goes round in a circle. */
export function pathAt(tillId: string, path: LinkPath): string {
  return `/v1/at/${tillId}/${path}`;
}

const PATH = /^\/v1\/(to|at)\/([A-Za-z0-9_-]{16})\/([a-z]{3,7})$/;

/** The till and the call of a request's path. `mayRelay`: it need not be this till's. */
export function readPath(path: string): { readonly tillId: string; readonly path: LinkPath; readonly mayRelay: boolean } | undefined {
  const [, way, tillId, call] = PATH.exec(path) ?? [];
  const known = LINK_PATHS.find((each) => each === call);
  return tillId === undefined || known === undefined ? undefined : { tillId, path: known, mayRelay: way === 'to' };
}
