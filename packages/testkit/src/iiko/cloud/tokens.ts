import { randomUUID } from 'node:crypto';
import type { Clock } from '@tillbridge/core';
import type { JsonCall, JsonReply } from '../http/index.js';
import { correlated, refusal } from './reply.js';
import type { RequestBody } from './request.js';

/** Both token calls give tokens of one hour; there is no way to prolong one. */
export const TOKEN_MS = 3_600_000;

export interface CloudLogins {
  /** `apiLogin` of the first call, which the contract calls deprecated. */
  readonly apiLogin: string;
  readonly appId: string;
  readonly clientSecret: string;
  readonly apiKey: string;
}

export class TokenDesk {
  readonly logins: CloudLogins;
  /** How often each call was used. */
  readonly used = { v1: 0, v2: 0 };
  readonly #clock: Clock;
  readonly #until = new Map<string, number>();

  constructor(logins: CloudLogins, clock: Clock) {
    this.logins = logins;
    this.#clock = clock;
  }

  v1(body: RequestBody): JsonReply {
    this.used.v1 += 1;
    if (body.text('apiLogin') !== this.logins.apiLogin) return refusal(401, 'Auth_LoginNotFound', 'Login is not authorized.');
    return this.#issue();
  }

  v2(body: RequestBody): JsonReply {
    this.used.v2 += 1;
    const { appId, clientSecret, apiKey } = this.logins;
    const right = body.uuid('appId') === appId && body.text('clientSecret') === clientSecret && body.text('apiKey') === apiKey;
    return right ? this.#issue() : refusal(401, 'Auth_ApplicationNotFound', 'Application is not authorized.');
  }

  accepts({ headers }: JsonCall): boolean {
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    return token !== undefined && (this.#until.get(token) ?? 0) > this.#clock.wall();
  }

  /** Somebody took the right to use the service away from everybody who is logged in. */
  voidAll(): void {
    this.#until.clear();
  }

  #issue(): JsonReply {
    const until = this.#clock.wall() + TOKEN_MS;
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ jti: randomUUID(), exp: Math.floor(until / 1000) })}.${part({ s: randomUUID() })}`;
    this.#until.set(token, until);
    return correlated({ token });
  }
}
