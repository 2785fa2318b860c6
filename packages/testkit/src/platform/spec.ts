import type { PlatformAuth } from './auth.js';
import type { PlatformCall } from './call.js';
import type { PlatformReply } from './reply.js';
import type { CouponState, PlatformCode, PlatformGuest, PlatformWorld } from './world.js';

/** Names in braces of a route's path, decoded. */
export type RouteNames = Readonly<Record<string, string>>;

export interface PlatformRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the base path, such as `/card/{number}`. */
  readonly path: string;
  /** Gives out tokens: nobody has to be known, and the faults of single calls spare it. */
  readonly login?: true;
  readonly handle: (call: PlatformCall, names: RouteNames) => PlatformReply;
}

/** What a configuration gives that is no secret. */
export type PlatformVars = Readonly<Record<string, string | readonly string[]>>;

/** A running platform's behaviour over its world. */
export interface PlatformParts {
  readonly auth?: PlatformAuth;
  readonly routes: readonly PlatformRoute[];
  /** What is answered where there is no such path; default 404 without a body. */
  readonly unknown?: (call: PlatformCall) => PlatformReply;
  /** What is answered when a login fails; default 401 without a body. */
  readonly loginFailed?: PlatformReply;
  /** Shows a guest a new code, as the platform's app does. */
  readonly issueCode?: (guest: PlatformGuest) => PlatformCode;
}

/** A platform as data and behaviour: what {@link startPlatform} runs. */
export interface PlatformSpec {
  /** Id of the preset that speaks to it. */
  readonly preset: string;
  readonly title: string;
  /** What `baseUrl` ends with, such as `/partner/v2`; empty: nothing. */
  readonly basePath: string;
  /** What the translator's configuration has to give to come in: made up. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly vars: PlatformVars;
  /** Who is there at the start. */
  readonly guests: readonly PlatformGuest[];
  /** Codes of coupons that are there at the start, with their states. */
  readonly coupons?: Readonly<Record<string, CouponState>>;
  readonly open: (world: PlatformWorld) => PlatformParts;
}

export function definePlatform(spec: PlatformSpec): PlatformSpec {
  return spec;
}
