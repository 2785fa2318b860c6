import { LINK_PATHS, type LinkPath } from '../till/ports.js';

/** Where a request for a till goes, at the till itself and at a relay alike: a phone needs not know which of the two it talks to. */
export function pathTo(tillId: string, path: LinkPath): string {
  return `/v1/to/${tillId}/${path}`;
}

const PATH = /^\/v1\/to\/([A-Za-z0-9_-]{16})\/([a-z]{3,7})$/;

/** The till and the call of a request's path. */
export function readPath(path: string): { readonly tillId: string; readonly path: LinkPath } | undefined {
  const [, tillId, call] = PATH.exec(path) ?? [];
  const known = LINK_PATHS.find((each) => each === call);
  return tillId === undefined || known === undefined ? undefined : { tillId, path: known };
}
