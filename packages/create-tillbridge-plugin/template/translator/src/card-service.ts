import { NativeNumber, type Code, type PluginContext, type ProbeRow, type Translation, type TranslationContext, type Translator } from '@tillbridge/plugin';

/** `options` in tillbridge.yaml; the manifest's `configSchema` has checked them. */
export interface CardServiceOptions {
  readonly url: string;
}

/** Longest answer that is read, in characters. */
const LONGEST = 64 * 1024;

/** Asks a loyalty system: POST `{kind, code}`, answered 200 `{card}` or 404. Put your own system's protocol here. */
export class CardService implements Translator {
  readonly id: string;
  readonly type = '__NAME__';
  readonly capabilities: Translator['capabilities'];
  readonly #url: string;

  constructor({ id, options }: PluginContext<CardServiceOptions>) {
    this.id = id;
    this.#url = options.url;
    this.capabilities = { remote: true, hosts: [new URL(options.url).host] };
  }

  async translate({ kind, value }: Code, context: TranslationContext, signal: AbortSignal): Promise<Translation> {
    // the trace says what was done, never with which code
    context.trace?.('asks the card service');
    try {
      const response = await fetch(this.#url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ kind, code: value.reveal() }),
        signal,
      });
      context.trace?.(`answered ${String(response.status)}`);
      if (response.status === 404) return { result: 'notFound' };
      if (response.status === 401 || response.status === 403) return { result: 'authError' };
      if (response.status === 429) return { result: 'rateLimited' };
      if (!response.ok) return { result: 'unavailable', reason: 'serverError' };
      return numberOf((await response.text()).slice(0, LONGEST));
    } catch {
      return { result: 'unavailable', reason: signal.aborted ? 'timeout' : 'unreachable' };
    }
  }

  async probe(signal: AbortSignal): Promise<readonly ProbeRow[]> {
    const id = `translator ${this.id}`;
    try {
      await fetch(this.#url, { method: 'HEAD', signal });
      return [{ level: 'ok', id, text: 'the card service answers' }];
    } catch {
      return [{ level: 'fail', id, text: 'the card service does not answer', remedy: 'check `url` and the network' }];
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** An answer that is none is `badResponse`: never a number, and never "not found". */
function numberOf(text: string): Translation {
  try {
    const { card } = JSON.parse(text) as { readonly card?: unknown };
    return typeof card === 'string' ? { result: 'found', number: new NativeNumber('card', card) } : { result: 'badResponse', reason: 'noCard' };
  } catch {
    return { result: 'badResponse', reason: 'notJson' };
  }
}
