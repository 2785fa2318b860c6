// The driver's memory of deliveries, under the address checker, against a model of a page.
import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { beforeAll, expect, test } from 'vitest';
import { needs } from '../../support/needs.js';
import { checkedProgram } from './support/built.js';

const program = (): string => checkedProgram('ledger', ['ledger.c', 'text.c']);

interface Item {
  readonly id: string;
  readonly deadline: number;
  state: string;
  reason: string;
  verdict: number;
  told: boolean;
}

/** What the ledger has to say to each command. */
class Model {
  readonly #items = new Map<string, Item>();
  #waiting: Item[] = [];
  #raising = false;

  obey(command: readonly (string | number)[]): string {
    const [name, first, second, third] = command;
    const id = String(first);
    switch (name) {
      case 'add':
        return this.#add(id, Number(second), Number(third));
      case 'expire':
        return this.#endAll((item) => item.deadline <= Number(first) && item.state === 'waiting', (item) => ['expired', item.told ? 'hostBusy' : 'late']);
      case 'raise':
        return this.#raise();
      case 'settle':
        return this.#settle(first === 1);
      case 'withdraw':
        if (this.#items.get(id)?.state === 'waiting') this.#endAll((item) => item.id === id, () => ['dropped', 'withdrawn']);
        return this.#show(this.#items.get(id));
      case 'drop':
        return this.#endAll((item) => item.state === 'waiting', () => ['dropped', 'closed']);
      case 'confirm':
        return this.#confirm(id, Number(second));
      default:
        return this.#show(this.#items.get(id));
    }
  }

  #show(item: Item | undefined): string {
    return item === undefined ? 'none' : `${item.id}:${item.state}:${item.reason}:${String(item.verdict)}`;
  }

  #add(id: string, units: number, deadline: number): string {
    const known = this.#items.get(id);
    if (known !== undefined) return this.#show(known);
    const fault = units === 0 ? 'empty' : units > 1024 ? 'tooLong' : this.#waiting.length === 50 ? 'full' : '-';
    const item: Item = { id, deadline, state: fault === '-' ? 'waiting' : 'refused', reason: fault, verdict: 0, told: false };
    this.#items.set(id, item);
    if (fault === '-') this.#waiting.push(item);
    return this.#show(item);
  }

  #endAll(which: (item: Item) => boolean, how: (item: Item) => readonly [string, string]): string {
    const ended = this.#waiting.filter(which);
    this.#waiting = this.#waiting.filter((item) => !ended.includes(item));
    for (const item of ended) [item.state, item.reason] = how(item);
    return ended.map((item) => `${this.#show(item)} `).join('');
  }

  #raise(): string {
    if (this.#raising) return 'skipped';
    const [head] = this.#waiting;
    if (head !== undefined) head.state = 'raising';
    this.#raising = head !== undefined;
    return this.#show(head);
  }

  #settle(taken: boolean): string {
    const [head] = this.#waiting;
    if (!this.#raising || head === undefined) return 'skipped';
    this.#raising = false;
    if (taken || head.verdict !== 0) {
      head.state = 'queued';
      this.#waiting.shift();
      return this.#show(head);
    }
    head.state = 'waiting';
    if (head.told) return 'none';
    head.told = true;
    return this.#show(head);
  }

  #confirm(id: string, verdict: number): string {
    const item = this.#items.get(id);
    if (item === undefined || (item.state !== 'queued' && item.state !== 'raising') || item.verdict !== 0) return '0';
    item.verdict = verdict;
    return '1';
  }
}

const id = fc.nat(80).map((n) => `d${String(n)}`);
const command = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(fc.constant('add'), id, fc.constantFrom(1, 1, 1, 1, 1024, 0, 1025), fc.nat(100)) },
  { weight: 4, arbitrary: fc.constant(['raise'] as const) },
  { weight: 4, arbitrary: fc.tuple(fc.constant('settle'), fc.nat(1)) },
  { weight: 3, arbitrary: fc.tuple(fc.constant('confirm'), id, fc.integer({ min: 1, max: 5 })) },
  { weight: 3, arbitrary: fc.tuple(fc.constant('withdraw'), id) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('ask'), id) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('expire'), fc.nat(60)) },
  { weight: 1, arbitrary: fc.constantFrom(['drop'] as const, ['ask', 'd0'] as const, ['ask', 'd1'] as const, ['ask', 'd2'] as const) },
);

needs('gcc')('the driver for 1C: its ledger', () => {
  beforeAll(() => void program(), 300_000);

  test('says what the model says, whatever comes in whatever order', () => {
    const filling = Array.from({ length: 49 }, (_, i) => ['add', `f${String(i)}`, 1, 40 + i] as const);
    const some = fc.array(command, { minLength: 5, maxLength: 250, size: 'max' });
    const runs = fc.sample(fc.tuple(fc.boolean(), some), 200).map(([filled, run]) => (filled ? [...filling, ...run] : run));
    const input = runs.map((run) => ['new', ...run.map((words) => words.join(' '))].join('\n')).join('\n');
    const { status, stdout, stderr } = spawnSync(program(), [], { input: `${input}\n`, encoding: 'utf8', maxBuffer: 1 << 28 });
    expect([status, stderr]).toEqual([0, '']);
    const said = stdout.split('\n');
    let at = 0;
    const seen = new Set<string>();
    for (const run of runs) {
      const model = new Model();
      at += 1;
      run.forEach((words, step) => {
        const wanted = model.obey(words);
        for (const [, state, reason] of wanted.matchAll(/:(\w+):([\w-]+):/g)) seen.add(`${String(state)} ${String(reason)}`);
        if (said[at] !== wanted) expect(said[at], run.slice(0, step + 1).map((each) => each.join(' ')).join('; ')).toBe(wanted);
        at += 1;
      });
    }
    // the runs went everywhere
    expect([...seen].sort()).toEqual(['dropped closed', 'dropped withdrawn', 'expired hostBusy', 'expired late', 'queued -', 'raising -', 'refused empty', 'refused full', 'refused tooLong', 'waiting -']);
  });
});
