import { Secret } from '@tillbridge/core';
import type { Finding, KeyPath } from './problem.js';
import { formatKeyPath } from './problem.js';
import { say, type Text } from './texts.js';

/** Where references lead. */
export interface ReferenceSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Reads a file whole; the path is as written, relative to the configuration file. Throws what `node:fs` throws. */
  readonly readFile: (path: string) => Uint8Array;
}

export interface Resolved {
  /** The document with every reference replaced; what stands under `secrets` as {@link Secret}. */
  readonly value: unknown;
  readonly findings: readonly Finding[];
  /** The texts that references gave, by the key path of the value that holds them: never to be shown. */
  readonly referenced: ReadonlyMap<string, string>;
}

/** Bytes of one referenced file. */
const MAX_VALUE_BYTES = 64 * 1024;
const MAX_REFERENCES = 256;

/** Replaces `${env:NAME}` and `${file:PATH}` everywhere in values; under a `secrets` key nothing else is allowed. */
export function resolveReferences(document: unknown, sources: ReferenceSources): Resolved {
  const resolver = new Resolver(sources);
  const value = resolver.walk(document, [], false);
  return { value, findings: resolver.findings, referenced: resolver.referenced };
}

type Answer = { readonly text: string } | { readonly problem: Text };

class Resolver {
  readonly findings: Finding[] = [];
  readonly referenced = new Map<string, string>();
  readonly #sources: ReferenceSources;
  readonly #known = new Map<string, Answer>();

  constructor(sources: ReferenceSources) {
    this.#sources = sources;
  }

  walk(value: unknown, path: KeyPath, secret: boolean): unknown {
    if (Array.isArray(value)) return value.map((item, i) => this.walk(item, [...path, i], secret));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, this.walk(item, [...path, key], secret || key === 'secrets')]),
      );
    }
    if (secret && path.at(-1) !== 'secrets') return this.#secret(value, path);
    return typeof value === 'string' && value.includes('${') ? this.#text(value, path) : value;
  }

  #secret(value: unknown, path: KeyPath): unknown {
    if (value === null) return value;
    if (typeof value === 'string' && /^\$\{[^{}]*\}$/.test(value)) return new Secret(this.#text(value, path, true));
    this.findings.push({ path, text: say('inlineSecret') });
    return new Secret('');
  }

  /** @param pem whether a file may be a key in PEM, which has several lines */
  #text(value: string, path: KeyPath, pem = false): string {
    const resolved = value.replace(/\$\{([^{}]*)\}/g, (_, reference: string) => {
      const answer = this.#resolve(reference, pem);
      if ('text' in answer) return answer.text;
      this.findings.push({ path, text: answer.problem });
      return '';
    });
    this.referenced.set(formatKeyPath(path), resolved);
    if (value.replace(/\$\{[^{}]*\}/g, '').includes('${')) this.findings.push({ path, text: say('badReference') });
    return resolved;
  }

  #resolve(reference: string, pem: boolean): Answer {
    const key = `${pem ? 'secret' : 'text'} ${reference}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const answer = this.#known.size < MAX_REFERENCES ? this.#look(reference, pem) : { problem: say('tooManyReferences', { max: MAX_REFERENCES }) };
    this.#known.set(key, answer);
    return answer;
  }

  #look(reference: string, pem: boolean): Answer {
    const [, source, name] = /^(env|file):\s*(\S(?:.*\S)?)\s*$/.exec(reference) ?? [];
    if (name === undefined) return { problem: say('badReference') };
    return source === 'env' ? this.#variable(name) : this.#file(name, pem);
  }

  #variable(name: string): Answer {
    const text = Object.hasOwn(this.#sources.env, name) ? this.#sources.env[name] : undefined;
    if (text === undefined) return { problem: say('envMissing', { name }) };
    return text === '' ? { problem: say('envEmpty', { name }) } : { text };
  }

  #file(name: string, pem: boolean): Answer {
    let bytes: Uint8Array;
    try {
      bytes = this.#sources.readFile(name);
    } catch (error) {
      return { problem: unreadable(name, error) };
    }
    const text = lineOf(bytes) ?? (pem ? pemOf(bytes) : undefined);
    if (text === undefined) return { problem: say('fileNotText', { name, max: MAX_VALUE_BYTES }) };
    return text === '' ? { problem: say('fileEmpty', { name }) } : { text };
  }
}

/** The text of a one-line file without its line end; editors and `echo` put one there. */
function lineOf(bytes: Uint8Array): string | undefined {
  if (bytes.byteLength > MAX_VALUE_BYTES) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/[\r\n]+$/, '');
    return /[\0\r\n]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** A key or certificate in PEM (RFC 7468) as it stands, and nothing else: the only secrets that have several lines. */
function pemOf(bytes: Uint8Array): string | undefined {
  if (bytes.byteLength > MAX_VALUE_BYTES) return undefined;
  const text = Buffer.from(bytes).toString('latin1').trim();
  return /^-----BEGIN [A-Z0-9 ]+-----\r?\n[\x20-\x7e\r\n\t]*\n-----END [A-Z0-9 ]+-----$/.test(text) ? text : undefined;
}

/** Why a file cannot be read, without the text of the system's error: that may hold more of the path than the user wrote. */
function unreadable(name: string, error: unknown): Text {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
  if (code === 'ENOENT') return say('fileMissing', { name });
  if (code === 'EACCES' || code === 'EPERM') return say('fileDenied', { name });
  return say('fileUnreadable', { name, problem: code });
}
