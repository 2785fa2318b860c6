// Writes docs/configuration.md from the JSON Schema of the built configuration; with --check only compares and exits 1 when it is out of step.
//   node scripts/build.mjs --quiet && node scripts/config-page.mjs [--check]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './packages.mjs';

export const configPageFile = join(root, 'docs/configuration.md');

const code = (value) => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** What a value may be, in a few words. */
function typeOf(schema) {
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(code).join(', ');
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants !== undefined) return [...new Set(variants.map(typeOf))].join(' or ');
  if (schema.type === 'array') return `list of ${typeOf(schema.items ?? {})}`;
  return schema.type === 'object' ? 'keys, see below' : (schema.type ?? 'any');
}

/** The objects that a schema can be, with the path of each. */
function* objectsIn(path, schema) {
  for (const variant of schema.anyOf ?? schema.oneOf ?? []) yield* objectsIn(path, variant);
  if (schema.type === 'array' && schema.items !== undefined) yield* objectsIn(`${path}[]`, schema.items);
  if (schema.type === 'object' && schema.properties !== undefined) yield { path, schema };
}

function* sections(path, schema) {
  for (const { path: at, schema: object } of objectsIn(path, schema)) {
    yield { path: at, schema: object };
    for (const [key, child] of Object.entries(object.properties)) yield* sections(at === '' ? key : `${at}.${key}`, child);
  }
}

/** `readers[]` of type serial: the constants tell variants of one list apart. */
function titleOf(path, { properties }) {
  // a package of somebody else's has any name: an example stands for it
  const told = ({ const: only, examples }) => (typeof only === 'string' ? only : examples?.[0] === undefined ? undefined : JSON.stringify(examples[0]));
  const constants = Object.entries(properties).filter(([, child]) => told(child) !== undefined);
  const which = constants.map(([key, child]) => `\`${key}: ${told(child)}\``).join(', ');
  return path === '' ? 'The file' : `\`${path}\`${which === '' ? '' : ` with ${which}`}`;
}

function table({ properties, required = [] }) {
  const rows = Object.entries(properties).map(([key, child]) => {
    const preset = child.default === undefined || typeof child.default === 'object' ? '' : code(child.default);
    return `| \`${key}\` | ${cell(typeOf(child))} | ${preset !== '' ? preset : required.includes(key) && child.default === undefined ? 'required' : ''} | ${cell(child.description ?? '')} |`;
  });
  return ['| key | value | default | meaning |', '|---|---|---|---|', ...rows].join('\n');
}

export function configPage(schema) {
  const seen = new Set();
  const parts = [...sections('', schema)].map(({ path, schema: object }) => `## ${titleOf(path, object)}\n\n${table(object)}\n`);
  const own = parts.filter((part) => !seen.has(part) && seen.add(part));
  const head = [
    '# Configuration: `tillbridge.yaml`',
    '',
    'YAML 1.2. `tillbridge init` writes a commented file to start from, `tillbridge config check` names every mistake at once with its line and',
    'column, `tillbridge config show` prints what is in effect. Unknown keys are errors. Durations are in milliseconds, sizes in bytes; `0`, `off`',
    'and `none` mean what they say. A secret is never written in line: `${env:NAME}` or `${file:PATH}` stand for it.',
    '',
    'This page is written by `node scripts/config-page.mjs` from the schema that the program itself checks with; a test keeps it in step.',
    '',
  ];
  return `${head.join('\n')}\n${own.join('\n')}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { configJsonSchema } = await import('../packages/bridge/dist/index.js');
  const page = configPage(configJsonSchema());
  if (!process.argv.includes('--check')) writeFileSync(configPageFile, page);
  else if (!existsSync(configPageFile) || readFileSync(configPageFile, 'utf8') !== page) {
    console.error('docs/configuration.md is out of step with the schema: run node scripts/config-page.mjs');
    process.exit(1);
  }
}
