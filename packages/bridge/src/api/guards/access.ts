import type { Access, Params } from '../../control/http.js';
import { may, type Caller, type Scope } from '../../control/scope.js';
import { PASS, refuse, type Verdict } from './verdict.js';

/** The scope that a call needs; undefined where it needs none. */
export function neededScope(access: Access, params: Params): Scope | undefined {
  if (typeof access === 'function') return access(params);
  return access === 'public' || access === 'client' || access === 'control' ? undefined : access;
}

/** Fourth and fifth guard: the caller is a paired client, and may do this. */
export function checkAccess(access: Access, caller: Caller, params: Params): Verdict {
  if (access === 'public' || caller.kind === 'control') return PASS;
  if (caller.kind === 'public') return refuse('token', 401);
  const scope = neededScope(access, params);
  if (access === 'control' || (scope !== undefined && !may(caller, scope))) return refuse('scope', 403);
  return PASS;
}
