import { startChild, type RunningChild } from '../../../support/child.js';

/** A value on its way to or from the driver. */
export type Value = string | number | boolean | undefined | { readonly real: number };

export interface Answer {
  /** False: 1C would raise an exception. */
  readonly done: boolean;
  readonly result: Value;
  /** The parameters afterwards. */
  readonly values: readonly Value[];
}

export interface HostEvent {
  readonly source: string;
  readonly event: string;
  readonly data: string;
}

const encode = (text: string): string => encodeURIComponent(text).replace(/[!'()*~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

function toWord(value: Value): string {
  if (value === undefined) return 'e';
  if (typeof value === 'string') return `s:${encode(value)}`;
  if (typeof value === 'number') return `i:${String(value)}`;
  if (typeof value === 'boolean') return value ? 'b:1' : 'b:0';
  return `r:${String(value.real)}`;
}

function fromWord(word: string): Value {
  const text = word.slice(2);
  if (word.startsWith('s:')) return decodeURIComponent(text);
  if (word.startsWith('i:')) return Number(text);
  return word.startsWith('b:') ? text === '1' : undefined;
}

/** The test's 1C client as a process: it loads the compiled driver and does what 1C does with it. */
export class OneC {
  readonly process: RunningChild;
  #asked: Promise<unknown> = Promise.resolve();
  #answers = 0;

  constructor(command: string, argv: readonly string[] = [], env: NodeJS.ProcessEnv = process.env) {
    this.process = startChild(command, argv, { env });
  }

  get pid(): number {
    return this.process.pid;
  }

  /** One command; the answer without its mark. Commands wait for one another. */
  async tell(command: string, timeoutMs = 60_000): Promise<string> {
    const turn = this.#asked.then(async () => {
      const wanted = ++this.#answers;
      this.process.child.stdin.write(`${command}\n`);
      await this.#nth('= ', wanted, timeoutMs);
      return this.#lines('= ')[wanted - 1] ?? '';
    });
    this.#asked = turn.catch(() => undefined);
    return turn;
  }

  /** Loads, creates an object in slot 0 and hands it host and memory. */
  async attach(library: string, order: 'init-first' | 'memory-first' = 'init-first'): Promise<void> {
    const answers = [await this.tell(`load ${library}`), await this.tell('create 0 Tillbridge'), await this.tell(`setup 0 ${order}`)];
    if (answers.join() !== 'ok,1,ok') throw new Error(`the driver did not load: ${answers.join()} ${this.process.stderr()}`);
  }

  async call(method: string, ...values: readonly Value[]): Promise<Answer> {
    return this.#parse(await this.tell(['call 0', encode(method), ...values.map(toWord)].join(' ')));
  }

  /** The function called as a statement. */
  async callAsProcedure(method: string, ...values: readonly Value[]): Promise<Answer> {
    return this.#parse(await this.tell(['proc 0', encode(method), ...values.map(toWord)].join(' ')));
  }

  /** What is called from within the next event. */
  async inside(method: string, ...values: readonly Value[]): Promise<void> {
    await this.tell(['inside call 0', encode(method), ...values.map(toWord)].join(' '));
  }

  async storm(threads: number, rounds: number, method: string, ...values: readonly Value[]): Promise<void> {
    await this.tell([`storm ${String(threads)} ${String(rounds)} 0`, encode(method), ...values.map(toWord)].join(' '), 300_000);
  }

  async insideAnswer(n = 1): Promise<Answer> {
    await this.#nth('inside ', n, 60_000);
    return this.#parse(this.#lines('inside ')[n - 1] ?? '');
  }

  /** Sets parameters one by one, and opens; gives the DeviceID. */
  async open(parameters: Readonly<Record<string, Value>>): Promise<string> {
    for (const [name, value] of Object.entries(parameters)) {
      const { result } = await this.call('SetParameter', name, value);
      if (result !== true) throw new Error(`${name} was refused: ${await this.lastError()}`);
    }
    const { result, values } = await this.call('Open', undefined);
    if (result !== true || typeof values[0] !== 'string') throw new Error(`Open failed: ${await this.lastError()}`);
    return values[0];
  }

  async lastError(): Promise<string> {
    const [text] = (await this.call('GetLastError', undefined)).values;
    if (typeof text !== 'string') throw new Error('GetLastError gave no text');
    return text;
  }

  async state(): Promise<Readonly<Record<'depth' | 'taken' | 'asked' | 'running' | 'live' | 'faults', number>>> {
    const pairs = (await this.tell('state')).trim().split(' ').map((pair) => pair.split('=') as [string, string]);
    return Object.fromEntries(pairs.map(([name, value]) => [name, Number(value)])) as Awaited<ReturnType<OneC['state']>>;
  }

  events(): HostEvent[] {
    return this.#lines('! ').map((line) => {
      const [source = '', event = '', data = ''] = line.split(' ').map(decodeURIComponent);
      return { source, event, data };
    });
  }

  async waitForEvents(count: number, timeoutMs = 60_000): Promise<HostEvent[]> {
    await this.#nth('! ', count, timeoutMs);
    return this.events();
  }

  /** Ends it as 1C ends: its exit code. */
  async quit(): Promise<number | null> {
    this.process.child.stdin.end('quit\n');
    return (await this.process.exited).code;
  }

  #parse(answer: string): Answer {
    const [how, result = 'e', ...values] = answer.split(' ');
    if (how !== 'done' && how !== 'raised') throw new Error(`the host said: ${answer}`);
    return { done: how === 'done', result: fromWord(result), values: values.map(fromWord) };
  }

  #lines(mark: string): string[] {
    const text = this.process.stdout();
    return text.slice(0, text.lastIndexOf('\n') + 1).split('\n').map((line) => line.replace(/\r$/, '')).filter((line) => line.startsWith(mark)).map((line) => line.slice(mark.length));
  }

  /** The n-th line with a mark. */
  async #nth(mark: string, n: number, timeoutMs: number): Promise<void> {
    const end = performance.now() + timeoutMs;
    while (this.#lines(mark).length < n) {
      const left = end - performance.now();
      if (left <= 0) throw new Error(`no ${String(n)} lines "${mark}" in ${String(timeoutMs)} ms:\n${this.process.stdout().slice(-2000)}\n${this.process.stderr().slice(-2000)}`);
      await Promise.race([nextData(this.process, left), this.process.exited]);
      if (this.process.child.exitCode !== null && this.#lines(mark).length < n) throw new Error(`the host ended (${String(this.process.child.exitCode)}):\n${this.process.stdout().slice(-2000)}\n${this.process.stderr().slice(-4000)}`);
    }
  }
}

function nextData(child: RunningChild, timeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      child.child.stdout.off('data', done);
      resolve();
    };
    const timer = setTimeout(done, timeoutMs);
    child.child.stdout.on('data', done);
  });
}
