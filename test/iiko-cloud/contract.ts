import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';

type Schema = Readonly<Record<string, unknown>>;

interface OpenApi {
  readonly paths: Readonly<Record<string, { readonly post?: { readonly requestBody?: Content; readonly responses: Readonly<Record<string, Content>> } }>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}
interface Content {
  readonly content?: { readonly 'application/json'?: { readonly schema: Schema } };
}

/** Where the published OpenAPI document of iikoCloud lies: in the folder that TILLBRIDGE_CONTRACTS names, else beside the repository. */
const FILE = join(process.env['TILLBRIDGE_CONTRACTS'] ?? fileURLToPath(new URL('../../../shared/contracts', import.meta.url)), 'iiko-cloud.openapi.json');

/** undefined: the document is not on this machine. A folder that was named and does not hold it is an error. */
export function readContract(): IikoContract | undefined {
  try {
    return new IikoContract(JSON.parse(readFileSync(FILE, 'utf8')) as OpenApi);
  } catch (error) {
    if (process.env['TILLBRIDGE_CONTRACTS'] === undefined && error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

const FORMATS = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  'yyyy-MM-dd HH:mm:ss.fff': /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/,
} as const;

/** Keys that are dealt with apart, or say nothing about a value. */
const ELSEWHERE: readonly string[] = ['nullable', '$ref', 'allOf', 'description', 'example', 'title', 'discriminator'];

/** Holds requests and answers to the contract. */
export class IikoContract {
  readonly #document: OpenApi;
  readonly #ajv: Ajv;
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(document: OpenApi) {
    this.#document = document;
    this.#ajv = new Ajv({ strict: false, allErrors: true });
    for (const [name, format] of Object.entries(FORMATS)) this.#ajv.addFormat(name, format);
    // formats that only name a width or a pseudo type
    for (const name of ['int32', 'int64', 'double', 'float', 'enum', 'date-span']) this.#ajv.addFormat(name, true);
  }

  /** What is wrong with a request; empty: nothing. */
  request(path: string, body: unknown): readonly string[] {
    const operation = this.#document.paths[path]?.post;
    if (operation === undefined) return [`${path} is not in the contract`];
    return this.#check(`${path} request`, operation.requestBody, body);
  }

  /** The same for an answer. Statuses that the contract does not declare are wrong, with one exception: 429 occurs and is not declared. */
  answer(path: string, status: number, body: unknown): readonly string[] {
    if (status === 429) return [];
    const response = this.#document.paths[path]?.post?.responses[String(status)];
    return response === undefined ? [`${path} has no answer ${String(status)}`] : this.#check(`${path} ${String(status)}`, response, body);
  }

  /** "Restriction group" of an operation, from its description. */
  group(path: string): string | undefined {
    return /Restriction group: `([^`]+)`/.exec(JSON.stringify(this.#document.paths[path]?.post ?? {}))?.[1];
  }

  #check(name: string, content: Content | undefined, body: unknown): readonly string[] {
    const schema = content?.content?.['application/json']?.schema;
    if (schema === undefined) return [`${name} has no schema`];
    const validate = this.#compiled.get(name) ?? this.#ajv.compile(this.#closed(schema));
    this.#compiled.set(name, validate);
    return validate(body) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${name}: ${instancePath} ${message ?? ''}`);
  }

  /** A schema of OpenAPI 3.0 as one of JSON Schema that stands alone. */
  #closed(schema: Schema): object {
    const definitions: Record<string, unknown> = {};
    const convert = (part: unknown): unknown => {
      if (Array.isArray(part)) return part.map(convert);
      if (typeof part !== 'object' || part === null) return part;
      return convertObject(part as Schema);
    };
    const convertObject = (part: Schema): unknown => {
      const { nullable, $ref, allOf } = part;
      const rest = Object.fromEntries(Object.entries(part).filter(([key]) => !ELSEWHERE.includes(key)));
      const one = Array.isArray(allOf) && allOf.length === 1 && rest['properties'] === undefined ? (allOf[0] as Schema)['$ref'] : $ref;
      if (typeof one === 'string') {
        define(nameOf(one));
        const target = { $ref: `#/$defs/${pointer(nameOf(one))}` };
        return nullable === true ? { anyOf: [target, { type: 'null' }] } : target;
      }
      const converted = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, key === 'properties' ? mapped(value as Schema, convert) : convert(value)]));
      return nullable === true ? { anyOf: [converted, { type: 'null' }] } : converted;
    };
    const define = (name: string): void => {
      if (name in definitions) return;
      definitions[name] = {};
      const { mapping, propertyName } = this.#discriminator(name);
      definitions[name] =
        mapping === undefined
          ? convertObject(this.#flat(name))
          : { oneOf: Object.entries(mapping).map(([value, ref]) => convertObject(withConstant(this.#flat(nameOf(ref)), propertyName, value))) };
    };
    return { ...(convert(schema) as object), $defs: definitions };
  }

  #discriminator(name: string): { readonly propertyName: string; readonly mapping?: Readonly<Record<string, string>> } {
    return (this.#document.components.schemas[name]?.['discriminator'] as { propertyName: string; mapping: Record<string, string> } | undefined) ?? { propertyName: '' };
  }

  /** Inheritance written out: `allOf` of a parent that allows no further properties could never hold. */
  #flat(name: string): Schema {
    const { allOf, ...own } = this.#document.components.schemas[name] ?? {};
    if (!Array.isArray(allOf)) return own;
    const parents = allOf.map((parent: Schema) => this.#flat(nameOf(String(parent['$ref']))));
    return {
      ...own,
      properties: Object.assign({}, ...parents.map(({ properties }) => properties), own['properties']) as Schema,
      required: [...parents, own].flatMap(({ required }) => (Array.isArray(required) ? (required as unknown[]) : [])),
    };
  }
}

function nameOf(ref: string): string {
  return ref.slice('#/components/schemas/'.length);
}

function pointer(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function mapped(properties: Schema, convert: (part: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, convert(value)]));
}

function withConstant(schema: Schema, property: string, value: string): Schema {
  return { ...schema, properties: { ...(schema['properties'] as object), [property]: { const: value } } };
}
