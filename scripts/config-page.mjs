// Writes docs/configuration.md and docs/configuration.ru.md from the JSON Schema of the built configuration; with --check only compares and exits 1
// when one is out of step.
//   node scripts/build.mjs --quiet && node scripts/config-page.mjs [--check]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheSchema, limitsSchema, retrySchema } from '@tillbridge/translators/presets';
import { root } from './packages.mjs';

export const configPageFiles = { en: join(root, 'docs/configuration.md'), ru: join(root, 'docs/configuration.ru.md') };

/** Texts of the schema in Russian, by their English ones. What is missing there stands in English. */
export const CONFIG_RUSSIAN = JSON.parse(readFileSync(new URL('./docs/config-russian.json', import.meta.url), 'utf8'));

const WORDS = {
  en: {
    head: `# Configuration: \`tillbridge.yaml\`

[По-русски](configuration.ru.md)

YAML 1.2. \`tillbridge init\` writes a commented file to start from, \`tillbridge config check\` names every mistake at once with its line and
column, \`tillbridge config show\` prints what is in effect. Unknown keys are errors. Durations are in milliseconds, sizes in bytes; \`0\`, \`off\`
and \`none\` mean what they say. A secret is never written in line: \`\${env:NAME}\` or \`\${file:PATH}\` stand for it. Where the default is empty, the
thing is not there as long as its key is not, or its meaning says what holds.

This page is written by \`node scripts/config-page.mjs\` from the schema that the program itself checks with; a test keeps it in step.
`,
    file: 'The file',
    with: 'with',
    table: '| key | value | default | meaning |',
    list: 'list of',
    or: 'or',
    keys: 'keys, see below',
    required: 'required',
    preset: "or the preset's",
    types: {},
  },
  ru: {
    head: `# Конфигурация: \`tillbridge.yaml\`

[In English](configuration.md)

YAML 1.2. \`tillbridge init\` записывает файл с пояснениями, с которого начинают, \`tillbridge config check\` называет все ошибки сразу со строкой и
столбцом, \`tillbridge config show\` печатает, что действует. Неизвестные ключи — ошибки. Длительности в миллисекундах, размеры в байтах; \`0\`, \`off\`
и \`none\` значат то, что говорят. Секрет никогда не пишется прямо: вместо него стоит \`\${env:NAME}\` или \`\${file:PATH}\`. Если значение по умолчанию
не указано, то без ключа нет и того, что он задаёт, либо что действует, сказано в описании.

Эту страницу пишет \`node scripts/config-page.mjs\` по схеме, которой проверяет сама программа; тест следит, чтобы она не отставала.
`,
    file: 'Файл',
    with: 'с',
    table: '| ключ | значение | по умолчанию | что значит |',
    list: 'список:',
    or: 'или',
    keys: 'ключи, см. ниже',
    required: 'обязателен',
    preset: 'или из пресета',
    types: { string: 'текст', integer: 'целое', number: 'число', boolean: 'true или false', any: 'любое' },
  },
};

const code = (value) => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** What a value may be, in a few words. */
function typeOf(schema, words) {
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(code).join(', ');
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants !== undefined) return [...new Set(variants.map((each) => typeOf(each, words)))].join(` ${words.or} `);
  if (schema.type === 'array') return `${words.list} ${typeOf(schema.items ?? {}, words)}`;
  const type = schema.type ?? 'any';
  return type === 'object' ? words.keys : (words.types[type] ?? type);
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
function titleOf(path, { properties }, words) {
  // a package of somebody else's has any name: an example stands for it
  const known = ({ const: only, examples }) => (typeof only === 'string' ? only : examples?.[0] === undefined ? undefined : JSON.stringify(examples[0]));
  const constants = Object.entries(properties).filter(([, child]) => known(child) !== undefined);
  const which = constants.map(([key, child]) => `\`${key}: ${known(child)}\``).join(', ');
  return path === '' ? words.file : `\`${path}\`${which === '' ? '' : ` ${words.with} ${which}`}`;
}

/** Parts that only say what differs from a platform's preset: what holds where that says nothing either. */
const BENEATH = { 'translators[].limits': limitsSchema.parse({}), 'translators[].cache': cacheSchema.parse({}), 'translators[].retry': retrySchema.parse({}) };

/** What holds where a key is absent: single values, and lists of them. */
function presetOf(path, key, child, words) {
  const beneath = BENEATH[path]?.[key];
  return beneath === undefined ? told(child.default) : `${told(beneath)} ${words.preset}`;
}

function told(value) {
  if (Array.isArray(value)) return value.some((each) => typeof each === 'object') ? '' : value.map(code).join(', ');
  return value === undefined || typeof value === 'object' ? '' : code(value);
}

function table(path, { properties, required = [] }, words, say) {
  const rows = Object.entries(properties).map(([key, child]) => {
    const preset = presetOf(path, key, child, words);
    return `| \`${key}\` | ${cell(typeOf(child, words))} | ${preset !== '' ? preset : required.includes(key) && child.default === undefined ? words.required : ''} | ${cell(say(child.description ?? ''))} |`;
  });
  return [words.table, '|---|---|---|---|', ...rows].join('\n');
}

/** The page in a language. */
export function configPage(schema, lang) {
  const words = WORDS[lang];
  const say = (text) => (lang === 'en' ? text : (CONFIG_RUSSIAN[text] ?? text));
  // which sections are the same is told by the English ones, so that both pages have the same headings
  const seen = new Set();
  const own = [...sections('', schema)].filter(({ path, schema: object }) => {
    const key = `${titleOf(path, object, WORDS.en)}\n${table(path, object, WORDS.en, (text) => text)}`;
    return seen.has(key) ? false : seen.add(key);
  });
  return `${words.head}\n${own.map(({ path, schema: object }) => `## ${titleOf(path, object, words)}\n\n${table(path, object, words, say)}\n`).join('\n')}`;
}

/** The texts of a schema that have no Russian one yet. */
export function missingInRussian(schema) {
  const texts = new Set([...sections('', schema)].flatMap(({ schema: object }) => Object.values(object.properties).map(({ description }) => description ?? '')));
  return [...texts].filter((text) => text !== '' && CONFIG_RUSSIAN[text] === undefined);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { configJsonSchema } = await import('../packages/bridge/dist/index.js');
  for (const [lang, file] of Object.entries(configPageFiles)) {
    const page = configPage(configJsonSchema(), lang);
    if (!process.argv.includes('--check')) writeFileSync(file, page);
    else if (!existsSync(file) || readFileSync(file, 'utf8') !== page) {
      console.error(`${file} is out of step with the schema: run node scripts/config-page.mjs`);
      process.exitCode = 1;
    }
  }
  for (const text of missingInRussian(configJsonSchema())) console.error(`scripts/docs/config-russian.json has no "${text}"`);
}
