import { Refused } from './reply.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The fields of a request; whatever does not fit is refused with 400, as the real service does. */
export class RequestBody {
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(body: unknown) {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) throw bad('the body is no object');
    this.#fields = body as Readonly<Record<string, unknown>>;
  }

  text(name: string, max = 1000): string {
    return this.optionalText(name, max) ?? fail(`${name} is required`);
  }

  optionalText(name: string, max = 1000): string | undefined {
    const value = this.#fields[name] ?? undefined;
    if (value === undefined) return undefined;
    if (typeof value !== 'string' || value.length > max) throw bad(`${name} is no text of at most ${String(max)}`);
    return value;
  }

  uuid(name: string): string {
    const value = this.text(name);
    return UUID.test(value) ? value : fail(`${name} is no id`);
  }

  optionalUuids(name: string): readonly string[] | undefined {
    const value = this.#fields[name] ?? undefined;
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) throw bad(`${name} is no list`);
    return value.map((id: unknown) => (typeof id === 'string' && UUID.test(id) ? id : fail(`${name} holds something else than ids`)));
  }

  uuids(name: string): readonly string[] {
    return this.optionalUuids(name) ?? fail(`${name} is required`);
  }

  texts(name: string): readonly string[] | undefined {
    const value = this.#fields[name] ?? undefined;
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) throw bad(`${name} is no list`);
    return value.map((text: unknown) => (typeof text === 'string' ? text : fail(`${name} holds something else than texts`)));
  }

  flag(name: string): boolean {
    return this.#fields[name] === true;
  }

  part(name: string): RequestBody {
    return new RequestBody(this.#fields[name]);
  }

  parts(name: string): readonly RequestBody[] {
    const value = this.#fields[name];
    if (!Array.isArray(value)) throw bad(`${name} is no list`);
    return value.map((part: unknown) => new RequestBody(part));
  }
}

function bad(description: string): Refused {
  return new Refused(400, 'Validation_Common', description);
}

function fail(description: string): never {
  throw bad(description);
}
