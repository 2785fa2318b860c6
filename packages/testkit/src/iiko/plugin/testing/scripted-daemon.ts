import type { CallName, PluginLink, Reply } from '../link.js';
import type { Done, WireAction } from '../wire.js';

export const HELLO = { product: 'tillbridge', version: '0', wire: 1, till: 'front', session: 's1', nextWaitMs: 25_000, scanWaitMs: 2000, scans: true, watchKey: 'arbus.iikowaiter.checkinscannedvalue', language: 'ru' };

/** A daemon that does what a test says. */
export class ScriptedDaemon implements PluginLink {
  readonly calls: { readonly name: CallName; readonly body: Record<string, unknown> }[] = [];
  readonly results = new Map<string, Done>();
  /** What comes instead of an answer, for so many of the next calls of a name. */
  readonly refuses: { name: CallName; reply: Reply; times: number }[] = [];
  scan: (body: Record<string, unknown>) => object = () => ({ handled: false });
  authorize: () => object = () => ({ done: false, reason: 'unavailable' });
  session = 's1';
  readonly #check: (name: CallName, body: unknown) => void;
  readonly #actions: WireAction[] = [];
  #wake: () => void = () => undefined;

  /** `check` throws at a body that the contract does not take. */
  constructor(check: (name: CallName, body: unknown) => void) {
    this.#check = check;
  }

  give(action: WireAction): void {
    this.#actions.push(action);
    this.#wake();
  }

  async call(name: CallName, body: object, _budgetMs: number, signal: AbortSignal): Promise<Reply> {
    const sent = JSON.parse(JSON.stringify(body)) as Record<string, unknown>;
    this.#check(name, sent);
    this.calls.push({ name, body: sent });
    const refused = this.refuses.find((each) => each.name === name && each.times > 0);
    if (refused !== undefined) {
      refused.times -= 1;
      return refused.reply;
    }
    if (name === 'next') {
      if (this.#actions.length === 0) await new Promise<void>((resolve) => {
        this.#wake = resolve;
        signal.addEventListener('abort', () => resolve());
      });
      return { ok: true, body: { action: this.#actions.shift() ?? null } };
    }
    if (name === 'result') this.results.set(String(sent['id']), sent as unknown as Done);
    const answers: Record<string, object> = { hello: { ...HELLO, session: this.session }, result: { id: sent['id'], recorded: 'ended' }, screen: { session: this.session } };
    return { ok: true, body: name === 'scan' ? this.scan(sent) : name === 'authorize' ? this.authorize() : answers[name] ?? {} };
  }

  close(): void {
    this.#wake();
  }

  count(name: CallName): number {
    return this.calls.filter((call) => call.name === name).length;
  }
}
