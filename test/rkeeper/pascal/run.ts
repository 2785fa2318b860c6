import { parsePascal, type Expression, type Routine, type Statement, type Unit } from './parse.js';

export type Value = string | number | boolean;

/** A variable, so that it can be handed over by reference. */
export interface Cell {
  value: Value;
}

/** A function of the host. Gets cells: what is no variable gets one of its own. */
export type HostFunction = (...args: Cell[]) => Value | undefined | Promise<Value | undefined>;

class Exit extends Error {}

const LIMIT = 100_000;

/** Runs scripts of a station as far as they are written in a small part of Pascal; global variables live as long as this. */
export class PascalScript {
  readonly #unit: Unit;
  readonly #host: ReadonlyMap<string, HostFunction>;
  readonly #globals = new Map<string, Cell>();
  #steps = 0;

  /** `host`: functions by their names. @throws {Error} for a text that is not understood */
  constructor(source: string, host: Readonly<Record<string, HostFunction>>) {
    this.#unit = parsePascal(source);
    this.#host = new Map(Object.entries({ ...STANDARD, ...host }).map(([name, work]) => [name.toLowerCase(), work]));
    for (const [name, type] of this.#unit.variables) this.#globals.set(name, { value: initial(type) });
  }

  /** Calls a procedure without parameters. */
  async call(name: string): Promise<void> {
    this.#steps = 0;
    await this.#routine(name, []);
  }

  async #routine(name: string, args: readonly Cell[]): Promise<Value | undefined> {
    const routine = this.#unit.routines.get(name.toLowerCase());
    if (routine === undefined) {
      const host = this.#host.get(name.toLowerCase());
      if (host === undefined) throw new Error(`there is no ${name}`);
      return host(...args);
    }
    if (routine.parameters.length !== args.length) throw new Error(`${name} has ${String(routine.parameters.length)} parameters`);
    const locals = frame(routine, args);
    try {
      await this.#do(routine.body, locals);
    } catch (error) {
      if (!(error instanceof Exit)) throw error;
    }
    return locals.get('result')?.value;
  }

  async #do(statement: Statement, locals: Map<string, Cell>): Promise<void> {
    this.#steps += 1;
    if (this.#steps > LIMIT) throw new Error('the script does not end');
    switch (statement.is) {
      case 'block':
        for (const inner of statement.body) await this.#do(inner, locals);
        return;
      case 'assign':
        this.#variable(statement.name, locals).value = await this.#value(statement.value, locals);
        return;
      case 'if':
        if ((await this.#value(statement.condition, locals)) === true) await this.#do(statement.then, locals);
        else if (statement.otherwise !== undefined) await this.#do(statement.otherwise, locals);
        return;
      case 'call':
        if (statement.call.is === 'call' && statement.call.name === 'exit') throw new Exit();
        await this.#cell(statement.call, locals);
    }
  }

  async #value(expression: Expression, locals: Map<string, Cell>): Promise<Value> {
    return (await this.#cell(expression, locals)).value;
  }

  /** The variable itself where the expression is one: what by-reference parameters need. */
  async #cell(expression: Expression, locals: Map<string, Cell>): Promise<Cell> {
    switch (expression.is) {
      case 'value':
        return { value: expression.value };
      case 'not':
        return { value: (await this.#value(expression.of, locals)) !== true };
      case 'binary':
        return { value: compute(expression.sign, await this.#value(expression.left, locals), await this.#value(expression.right, locals)) };
      case 'call': {
        const { name, args } = expression;
        const constant = this.#unit.constants.get(name);
        if (constant !== undefined) return { value: await this.#value(constant, locals) };
        const known = args.length === 0 ? (locals.get(name) ?? this.#globals.get(name)) : undefined;
        if (known !== undefined) return known;
        const cells: Cell[] = [];
        for (const arg of args) cells.push(await this.#cell(arg, locals));
        return { value: (await this.#routine(name, cells)) ?? 0 };
      }
    }
  }

  #variable(name: string, locals: Map<string, Cell>): Cell {
    const found = locals.get(name) ?? this.#globals.get(name);
    if (found === undefined) throw new Error(`there is no variable ${name}`);
    return found;
  }
}

function frame(routine: Routine, args: readonly Cell[]): Map<string, Cell> {
  const locals = new Map<string, Cell>();
  routine.parameters.forEach(({ name, byReference }, i) => locals.set(name, byReference ? args[i]! : { value: args[i]!.value }));
  for (const [name, type] of routine.variables) locals.set(name, { value: initial(type) });
  if (routine.result !== undefined) locals.set('result', { value: initial(routine.result) });
  return locals;
}

function initial(type: string): Value {
  return type === 'string' ? '' : type === 'boolean' ? false : 0;
}

function compute(sign: string, left: Value, right: Value): Value {
  if (typeof left !== typeof right) throw new Error(`${typeof left} ${sign} ${typeof right}`);
  switch (sign) {
    case '=':
      return left === right;
    case '<>':
      return left !== right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
    case 'or':
      return left === true || right === true;
    case 'and':
      return left === true && right === true;
    case '+':
      return typeof left === 'string' && typeof right === 'string' ? left + right : Number(left) + Number(right);
    case '-':
      return Number(left) - Number(right);
    default:
      throw new Error(`${sign} is not known`);
  }
}

/** Strings of Pascal count from 1. */
const STANDARD: Readonly<Record<string, HostFunction>> = {
  pos: (part, text) => String(text.value).indexOf(String(part.value)) + 1,
  copy: (text, from, count) => String(text.value).slice(Number(from.value) - 1, Number(from.value) - 1 + Number(count.value)),
  length: (text) => String(text.value).length,
};
