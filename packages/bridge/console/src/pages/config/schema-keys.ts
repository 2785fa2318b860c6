/** A piece of JSON Schema, as far as the help reads it. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** One key of the configuration. */
export interface SchemaKey {
  /** `readers[].baudRate` */
  readonly path: string;
  /** `serial`: which form of a reader, a till or a translator has it; empty where all have it. */
  readonly form: string;
  readonly description: string;
  readonly type: string;
  readonly values: readonly string[];
  readonly standard: string | undefined;
  readonly required: boolean;
}

/** Nothing of ours is deeper. */
const MAX_DEPTH = 12;
/** The whole schema has some hundreds. */
const MAX_KEYS = 5000;

/** All keys of a schema, in its order; a key that several forms share with one meaning stands once for each form. */
export function schemaKeys(schema: Schema): readonly SchemaKey[] {
  const found: SchemaKey[] = [];
  const seen = new Set<string>();
  const add = (key: SchemaKey): void => {
    const id = `${key.path} ${key.form} ${key.description}`;
    if (seen.has(id) || found.length >= MAX_KEYS) return;
    seen.add(id);
    found.push(key);
  };
  walk(schema, '', '', 0, add);
  return found;
}

function walk(schema: Schema, path: string, form: string, depth: number, add: (key: SchemaKey) => void): void {
  if (depth > MAX_DEPTH) return;
  for (const branch of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) walk(branch, path, formOf(branch) ?? form, depth + 1, add);
  if (schema.items !== undefined) walk(schema.items, `${path}[]`, form, depth + 1, add);
  for (const [name, value] of Object.entries(schema.properties ?? {})) {
    const here = path === '' ? name : `${path}.${name}`;
    add({
      path: here,
      form,
      description: value.description ?? '',
      type: typeOf(value),
      values: valuesOf(value),
      standard: plainText(value.default),
      required: schema.required?.includes(name) === true,
    });
    walk(value, here, form, depth + 1, add);
  }
}

function plainText(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** What tells one form from another: `type: serial`, `adapter: iiko`, `transport: front`. */
function formOf({ properties = {} }: Schema): string | undefined {
  const words = ['type', 'adapter', 'transport', 'preset'].flatMap((name) => (typeof properties[name]?.const === 'string' ? [properties[name].const] : []));
  return words.length === 0 ? undefined : words.join(' ');
}

function typeOf(schema: Schema): string {
  if (schema.const !== undefined || schema.enum !== undefined) return '';
  const own = schema.type === undefined ? [] : typeof schema.type === 'string' ? [schema.type] : [...schema.type];
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map(typeOf);
  return [...new Set([...own, ...branches])].filter((type) => type !== '').join(' ');
}

function valuesOf({ const: only, enum: several = [], anyOf = [], oneOf = [] }: Schema): readonly string[] {
  return [...new Set([...(only === undefined ? [] : [only]), ...several].map(String).concat([...anyOf, ...oneOf].flatMap(valuesOf)))];
}

/** Keys whose name or help has the words, those first whose name has them. */
export function findKeys(keys: readonly SchemaKey[], words: string): readonly SchemaKey[] {
  const wanted = words.trim().toLowerCase().split(/\s+/).filter((word) => word !== '');
  const holds = (text: string): boolean => wanted.every((word) => text.toLowerCase().includes(word));
  const named = keys.filter(({ path, form }) => holds(`${path} ${form}`));
  return [...named, ...keys.filter((key) => !named.includes(key) && holds(`${key.path} ${key.form} ${key.description}`))];
}
