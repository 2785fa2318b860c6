import { compileTemplateText, renderTemplateText, type Values } from '../template.js';
import type { AuthDefinition } from '../auth-schema.js';
import type { RawAnswer } from '../connection.js';
import type { WrittenRequest } from '../request.js';
import { digestChallenge, digestHeader, type DigestChallenge } from './digest.js';
import { LoginAuthoriser, type LoginPorts } from './login.js';

/** What a request carries to be let in; or why there is nothing. */
export type Pass =
  | { readonly ok: true; readonly headers: Readonly<Record<string, string>>; readonly query?: string; /** Which token or nonce it is of. */ readonly of?: string }
  | { readonly ok: false; readonly reason: string };

/** Lets requests in at a platform. */
export interface Authoriser {
  pass(request: WrittenRequest, signal: AbortSignal): Pass | Promise<Pass>;
  /** The answer to a request with this pass refused it: true where there is another one to be had, so that one more try makes sense. */
  refused(answer: RawAnswer, pass: Pass): boolean;
}

/** @throws {TillbridgeError} `TB_TRANSLATE_HTTP_TEMPLATE`, `TB_TRANSLATE_HTTP_SPEC` */
export function createAuthoriser(auth: AuthDefinition, values: Values, login: LoginPorts): Authoriser {
  switch (auth.type) {
    case 'none':
      return fixed(() => ({}));
    case 'header':
      return fixed(rendered({ [auth.name.toLowerCase()]: auth.value }, values));
    case 'bearer':
      return fixed(rendered({ authorization: `Bearer ${auth.token}` }, values));
    case 'basic':
      return fixed(basic(auth.user, auth.password, values));
    case 'digest':
      return new DigestAuthoriser(auth.user, auth.password, values);
    case 'login':
      return new LoginAuthoriser(auth, values, login);
  }
}

type Headers = Readonly<Record<string, string>>;

function fixed(headers: () => Headers | undefined): Authoriser {
  return {
    pass: () => {
      const given = headers();
      return given === undefined ? { ok: false, reason: 'secretUnusable' } : { ok: true, headers: given };
    },
    refused: () => false,
  };
}

/** Rendered for each request: a secret stands nowhere longer than it is needed. */
function rendered(templates: Headers, values: Values): () => Headers | undefined {
  const compiled = Object.entries(templates).map(([name, text]) => [name, compileTemplateText(text)] as const);
  return () => {
    const headers: Record<string, string> = {};
    for (const [name, template] of compiled) {
      const text = renderTemplateText(template, values, 'header');
      if (text === undefined) return undefined;
      headers[name] = text;
    }
    return headers;
  };
}

function basic(user: string, password: string, values: Values): () => Headers | undefined {
  const [name, word] = [compileTemplateText(user), compileTemplateText(password)];
  return () => {
    const [userText, passwordText] = [renderTemplateText(name, values, 'none'), renderTemplateText(word, values, 'none')];
    // RFC 7617, 2: a user with a colon would end somewhere else
    if (userText === undefined || passwordText === undefined || userText.includes(':')) return undefined;
    return { authorization: `Basic ${Buffer.from(`${userText}:${passwordText}`, 'utf8').toString('base64')}` };
  };
}

/** HTTP Digest: the first request is refused with a challenge; its nonce then serves until the server says that it is stale. */
class DigestAuthoriser implements Authoriser {
  readonly #user: ReturnType<typeof compileTemplateText>;
  readonly #password: ReturnType<typeof compileTemplateText>;
  readonly #values: Values;
  #challenge: DigestChallenge | undefined;
  #count = 0;

  constructor(user: string, password: string, values: Values) {
    this.#user = compileTemplateText(user);
    this.#password = compileTemplateText(password);
    this.#values = values;
  }

  pass({ method, path }: WrittenRequest): Pass {
    const challenge = this.#challenge;
    if (challenge === undefined) return { ok: true, headers: {} };
    const [user, password] = [renderTemplateText(this.#user, this.#values, 'none'), renderTemplateText(this.#password, this.#values, 'none')];
    if (user === undefined || password === undefined) return { ok: false, reason: 'secretUnusable' };
    this.#count += 1;
    const authorization = digestHeader(challenge, user, password, { method, uri: path, count: this.#count });
    return { ok: true, headers: { authorization }, of: challenge.nonce };
  }

  refused({ status, challenges }: RawAnswer, pass: Pass): boolean {
    if (status !== 401) return false;
    const challenge = digestChallenge(challenges);
    if (challenge === undefined) return false;
    const used = pass.ok ? pass.of : undefined;
    // somebody else's request may have brought a newer one meanwhile
    const renewed = used === undefined || challenge.stale || challenge.nonce !== used;
    if (challenge.nonce !== this.#challenge?.nonce) {
      this.#challenge = challenge;
      this.#count = 0;
    }
    return renewed;
  }
}
