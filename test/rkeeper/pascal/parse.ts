import { tokensOf, type Token } from './tokens.js';

export type Expression =
  | { readonly is: 'value'; readonly value: string | number }
  | { readonly is: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly is: 'binary'; readonly sign: string; readonly left: Expression; readonly right: Expression }
  | { readonly is: 'not'; readonly of: Expression };

export type Statement =
  | { readonly is: 'assign'; readonly name: string; readonly value: Expression }
  | { readonly is: 'call'; readonly call: Expression }
  | { readonly is: 'if'; readonly condition: Expression; readonly then: Statement; readonly otherwise: Statement | undefined }
  | { readonly is: 'block'; readonly body: readonly Statement[] };

export interface Parameter {
  readonly name: string;
  readonly byReference: boolean;
}

export interface Routine {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** Variable names with their types. */
  readonly variables: ReadonlyMap<string, string>;
  /** The type of a function's result. */
  readonly result: string | undefined;
  readonly body: Statement;
}

export interface Unit {
  readonly constants: ReadonlyMap<string, Expression>;
  readonly variables: ReadonlyMap<string, string>;
  readonly routines: ReadonlyMap<string, Routine>;
}

/** Reads the part of Pascal that station scripts are written in. @throws {Error} naming the line of the first thing that it does not know */
export function parsePascal(source: string): Unit {
  return new Parser(tokensOf(source)).unit();
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  unit(): Unit {
    const constants = new Map<string, Expression>();
    const variables = new Map<string, string>();
    const routines = new Map<string, Routine>();
    while (this.#peek.kind !== 'end') {
      if (this.#take('const')) {
        do {
          const name = this.#word();
          this.#need('=');
          constants.set(name, this.#expression());
          this.#need(';');
        } while (this.#peek.kind === 'word' && !this.#starts());
      } else if (this.#is('var')) this.#variables(variables);
      else {
        const routine = this.#routine();
        routines.set(routine.name, routine);
      }
    }
    return { constants, variables, routines };
  }

  #routine(): Routine {
    const isFunction = this.#take('function');
    if (!isFunction) this.#need('procedure');
    const name = this.#word();
    const parameters: Parameter[] = [];
    if (this.#take('(')) {
      do {
        const byReference = this.#take('var');
        this.#take('const');
        const names = this.#names();
        this.#need(':');
        this.#word();
        parameters.push(...names.map((parameter) => ({ name: parameter, byReference })));
      } while (this.#take(';'));
      this.#need(')');
    }
    const result = isFunction ? (this.#need(':'), this.#word()) : undefined;
    this.#need(';');
    const variables = new Map<string, string>();
    if (this.#is('var')) this.#variables(variables);
    const body = this.#block();
    this.#need(';');
    return { name, parameters, variables, result, body };
  }

  #variables(into: Map<string, string>): void {
    this.#need('var');
    do {
      const names = this.#names();
      this.#need(':');
      const type = this.#word();
      for (const name of names) into.set(name, type);
      this.#need(';');
    } while (this.#peek.kind === 'word' && !this.#starts() && !this.#is('begin'));
  }

  #block(): Statement {
    this.#need('begin');
    const body: Statement[] = [];
    while (!this.#take('end')) {
      if (this.#take(';')) continue;
      body.push(this.#statement());
      if (!this.#is('end')) this.#need(';');
    }
    return { is: 'block', body };
  }

  #statement(): Statement {
    if (this.#is('begin')) return this.#block();
    if (this.#take('if')) {
      const condition = this.#expression();
      this.#need('then');
      const then = this.#statement();
      return { is: 'if', condition, then, otherwise: this.#take('else') ? this.#statement() : undefined };
    }
    const name = this.#word();
    if (this.#take(':=')) return { is: 'assign', name, value: this.#expression() };
    return { is: 'call', call: { is: 'call', name, args: this.#arguments() } };
  }

  #expression(): Expression {
    const left = this.#sum();
    const sign = ['=', '<>', '<', '>', '<=', '>='].find((each) => this.#take(each));
    return sign === undefined ? left : { is: 'binary', sign, left, right: this.#sum() };
  }

  #sum(): Expression {
    let left = this.#product();
    for (;;) {
      const sign = ['+', '-', 'or'].find((each) => this.#take(each));
      if (sign === undefined) return left;
      left = { is: 'binary', sign, left, right: this.#product() };
    }
  }

  #product(): Expression {
    let left = this.#factor();
    while (this.#take('and')) left = { is: 'binary', sign: 'and', left, right: this.#factor() };
    return left;
  }

  #factor(): Expression {
    if (this.#take('not')) return { is: 'not', of: this.#factor() };
    if (this.#take('(')) {
      const inner = this.#expression();
      this.#need(')');
      return inner;
    }
    const token = this.#peek;
    if (token.kind === 'text' || token.kind === 'number') {
      this.#at += 1;
      return { is: 'value', value: token.kind === 'text' ? token.text : Number(token.text) };
    }
    return { is: 'call', name: this.#word(), args: this.#arguments() };
  }

  #arguments(): readonly Expression[] {
    const args: Expression[] = [];
    if (!this.#take('(')) return args;
    if (this.#take(')')) return args;
    do args.push(this.#expression());
    while (this.#take(','));
    this.#need(')');
    return args;
  }

  #names(): readonly string[] {
    const names = [this.#word()];
    while (this.#take(',')) names.push(this.#word());
    return names;
  }

  get #peek(): Token {
    return this.#tokens[Math.min(this.#at, this.#tokens.length - 1)]!;
  }

  #is(text: string): boolean {
    return this.#peek.kind !== 'text' && this.#peek.text === text;
  }

  /** Whether a new part of the unit begins here. */
  #starts(): boolean {
    return ['const', 'var', 'procedure', 'function'].some((word) => this.#is(word));
  }

  #take(text: string): boolean {
    const found = this.#is(text);
    if (found) this.#at += 1;
    return found;
  }

  #need(text: string): void {
    if (!this.#take(text)) throw new Error(`line ${String(this.#peek.line)}: ${text} expected, not ${JSON.stringify(this.#peek.text)}`);
  }

  #word(): string {
    const { kind, text, line } = this.#peek;
    if (kind !== 'word') throw new Error(`line ${String(line)}: a name expected, not ${JSON.stringify(text)}`);
    this.#at += 1;
    return text;
  }
}
