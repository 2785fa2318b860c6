import { TillbridgeError, type Clock } from '@tillbridge/core';
import type { Access, Params } from '../control/http.js';
import { PUBLIC_CALLER, type Caller } from '../control/scope.js';
import type { ClientRegistry } from './clients/index.js';
import {
  checkAccess, checkHost, checkOrigin, checkPeer, checkSize, MAX_REQUEST_BYTES, neededScope, presentedToken,
  type Credentials, type OwnAddress, type Provenance, type RefusalReason, type Verdict,
} from './guards/index.js';
import { CLIENT_RATE, PAGE_RATE, PUBLIC_RATE, RateLimit } from './limits/index.js';

/** Where a request comes from, as far as it can be told without believing it. */
export interface Source extends Provenance {
  readonly peer: string | undefined;
  /** Every `Host` header. */
  readonly hosts: readonly string[];
}

/** What a request wants, and who it says it is. */
export interface Claim extends Credentials {
  readonly access: Access;
  readonly params: Params;
  readonly contentLength: string | undefined;
}

export interface GateOptions {
  readonly own: () => OwnAddress;
  /** Web pages that may call, by origin. */
  readonly origins: () => readonly string[];
  /** Whether we serve a page ourselves: it may call the listener that it came from. */
  readonly ownPage: () => boolean;
  readonly clients: Pick<ClientRegistry, 'authenticate'>;
  /** Counts a refusal by its reason. */
  readonly refused: (reason: RefusalReason) => void;
  readonly clock: Clock;
}

/** The guards in their order, cheap ones first. Knows nothing of the web framework. */
export class Gate {
  readonly #options: GateOptions;
  readonly #clientRate: RateLimit;
  readonly #publicRate: RateLimit;
  readonly #pageRate: RateLimit;

  constructor(options: GateOptions) {
    this.#options = options;
    this.#clientRate = new RateLimit(options.clock, CLIENT_RATE);
    this.#publicRate = new RateLimit(options.clock, PUBLIC_RATE);
    this.#pageRate = new RateLimit(options.clock, PAGE_RATE);
  }

  /** Peer address, `Host`, `Origin`. @throws {TillbridgeError} `TB_API_REFUSED`, whichever it was */
  checkSource(source: Source): void {
    const { own, origins, ownPage } = this.#options;
    this.#pass(checkPeer(source.peer));
    this.#pass(checkHost(source.hosts, own()));
    // the host is one of our names by now, and a page of that origin is ours
    const listed = ownPage() ? [...origins(), ...source.hosts.map((host) => `http://${host.toLowerCase()}`)] : origins();
    this.#pass(checkOrigin(source, listed));
  }

  /**
   * Client, scope, size, rate; call it after {@link checkSource}.
   *
   * @throws {TillbridgeError} `TB_API_UNAUTHORIZED`, `TB_API_LOCKED`, `TB_API_SCOPE`, `TB_API_TOO_LARGE`, `TB_API_RATE`
   */
  admit(claim: Claim): Caller {
    const { access, params } = claim;
    // a public call is public also to who shows a wrong token: it is not even looked at
    const caller = access === 'public' ? PUBLIC_CALLER : this.#authenticate(claim);
    this.#pass(checkAccess(access, caller, params), neededScope(access, params));
    this.#pass(checkSize(claim.contentLength));
    const seconds = caller.kind === 'public' ? this.#publicRate.take('public') : this.#clientRate.take(caller.id);
    if (seconds > 0) throw this.#refuse('rate', new TillbridgeError('TB_API_RATE', { seconds }));
    return caller;
  }

  /** For a file of our own page: a page is a dozen of them at once. @throws {TillbridgeError} `TB_API_RATE` */
  admitPage(): void {
    const seconds = this.#pageRate.take('page');
    if (seconds > 0) throw this.#refuse('rate', new TillbridgeError('TB_API_RATE', { seconds }));
  }

  /** For what is asked for and is not there: it costs as much as a public call. @throws {TillbridgeError} `TB_API_RATE` */
  admitUnknown(): void {
    const seconds = this.#publicRate.take('unknown');
    if (seconds > 0) throw this.#refuse('rate', new TillbridgeError('TB_API_RATE', { seconds }));
  }

  #authenticate(claim: Claim): Caller {
    const token = presentedToken(claim);
    if (token === undefined) return PUBLIC_CALLER;
    const authentication = this.#options.clients.authenticate(token);
    if (authentication.ok) return authentication.caller;
    if (authentication.reason === 'locked') throw this.#refuse('locked', new TillbridgeError('TB_API_LOCKED', { seconds: authentication.seconds }));
    throw this.#refuse('token', new TillbridgeError('TB_API_UNAUTHORIZED'));
  }

  #pass(verdict: Verdict, scope?: string): void {
    if (!verdict.ok) throw this.#refuse(verdict.reason, errorFor(verdict.reason, scope));
  }

  #refuse(reason: RefusalReason, error: TillbridgeError): TillbridgeError {
    this.#options.refused(reason);
    return error;
  }
}

function errorFor(reason: RefusalReason, scope: string | undefined): TillbridgeError {
  if (reason === 'token') return new TillbridgeError('TB_API_UNAUTHORIZED');
  if (reason === 'scope') return new TillbridgeError('TB_API_SCOPE', { scope: scope ?? 'control' });
  if (reason === 'size') return new TillbridgeError('TB_API_TOO_LARGE', { max: MAX_REQUEST_BYTES });
  return new TillbridgeError('TB_API_REFUSED');
}
