// YAML blocks of pages: whole configurations, or parts of one that are filled up and then held to the program's own check.
import { generateKeyPairSync } from 'node:crypto';
import { readManifest } from '@tillbridge/plugin/manifest';
import { parse, stringify } from 'yaml';
import { marksOf } from './markdown.mjs';

/** What a part of a configuration is put into. */
const READER = { id: 'counter', type: 'tcp', listen: '127.0.0.1:9100' };
const CODE = { name: 'universal', kind: 'card', match: '^98(?<value>\\d{14})$' };

/** Somebody who takes receipts. */
const PLATFORM = { type: 'http', preset: 'maxma', secrets: { key: '${env:MAXMA_KEY}' } };

/** A key of no use, for every `${file:NAME.pem}`; other references get a text. */
const PEM = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ format: 'pem', type: 'sec1' });
const TEXT = 'a-secret-of-the-documentation-0123456789';

/** Names of the environment whose values have a form. */
const FORMS = { SECTOR_KEY: 'A0A1A2A3A4A5' };

/**
 * @param parseConfig the program's own
 * @param {(text: string) => string[]} profileProblems holds a file of device profiles to the program
 */
export class Configurations {
  #parse;
  #profiles;

  constructor(parseConfig, profileProblems) {
    this.#parse = parseConfig;
    this.#profiles = profileProblems;
  }

  /** Problems of the YAML blocks of a page. */
  problems(page) {
    let before = {};
    return page.blocks
      .filter(({ lang }) => lang === 'yaml' || lang === 'yml')
      .flatMap((block) => {
        const marks = marksOf(block.info);
        const at = (problems) => problems.map((problem) => `${page.path}:${block.line} ${problem}`);
        let value;
        try {
          value = parse(block.text);
        } catch (error) {
          return at([`is no YAML: ${error.message.split('\n')[0]}`]);
        }
        if (marks.reason !== undefined) return [];
        if (marks.words.has('profile')) return at(this.#profiles(block.text));
        if (value === null || typeof value !== 'object' || Array.isArray(value)) return at(['is no part of a configuration: say what it is (`part=tills.0`, `unchecked: reason`)']);
        if (marks.values.part === undefined) before = value;
        else {
          // where the page explains a part first, it belongs to what comes next
          const into = [before, ...wholeBlocks(page).filter(({ line }) => line > block.line).map((each) => each.value)].find((each) => hasEntry(each, marks.values.part));
          if (into === undefined) return at([`part=${marks.values.part}: no configuration of this page has such an entry`]);
          before = withPart(into, marks.values.part, value);
        }
        return variants(before, marks.values.each).flatMap((each) => at(this.problemsOf(filled(each))));
      });
  }

  /** What `tillbridge config check` would say. */
  problemsOf(value) {
    const text = stringify(value);
    const loaded = this.#parse(text, {
      path: 'tillbridge.yaml',
      language: 'en',
      // a variable that a page names is there
      env: Object.fromEntries([...text.matchAll(/\$\{env:(\w+)\}/g)].map(([, name]) => [name, FORMS[name] ?? TEXT])),
      readFile: (name) => Buffer.from(/\.(pem|crt|key)$/.test(name) ? PEM : TEXT),
      findPlugin: (name) => pluginOf(name, value),
    });
    return loaded.ok ? [] : loaded.problems.map(({ keyPath, message }) => `${keyPath}: ${message}`);
  }
}

/** Blocks of a page that begin with keys of the file. */
function wholeBlocks(page) {
  return page.blocks.flatMap(({ lang, info, text, line }) => {
    const { reason, values, words } = marksOf(info);
    if (lang !== 'yaml' || reason !== undefined || values.part !== undefined || words.has('profile')) return [];
    return [{ line, value: parse(text) }];
  });
}

const entryOf = (document, part) => part.split('.').reduce((node, step) => node?.[step], document);

const hasEntry = (document, part) => typeof (entryOf(document, part) ?? undefined) === 'object';

/** `part=tills.0`: the keys of the block belong there. */
function withPart(document, part, value) {
  const copy = structuredClone(document);
  Object.assign(entryOf(copy, part), value);
  return copy;
}

/** `each=readers`: one configuration for each entry of the list. */
function variants(document, list) {
  return list === undefined ? [document] : document[list].map((entry) => ({ ...document, [list]: [entry] }));
}

/** The parts that are missing: a reader, a code, a table of cards, the tills that are named. */
export function filled(document) {
  const named = new Set(['front']);
  for (const { till, tills } of document.readers ?? []) for (const each of [till, ...(tills ?? [])]) if (each !== undefined) named.add(each);
  for (const { till } of document.stations?.peers ?? []) if (till !== undefined) named.add(till);
  for (const { till, goods } of document.routes ?? []) for (const each of [till, goods]) if (each !== undefined && each !== 'none') named.add(each);
  const tills = document.tills ?? [...named].map((id) => ({ id, adapter: 'client' }));
  const readers = document.readers ?? [READER];
  const choosing = readers.filter((reader) => reader.tills === undefined && reader.till === undefined);
  return {
    version: 1,
    readers,
    codes: [CODE],
    translators: [{ type: 'table' }, ...(document.receipts?.mode === 'report' ? [PLATFORM] : [])],
    tills,
    ...(tills.length > 1 && choosing.length > 0 && document.routes === undefined ? { routes: [{ readers: choosing.map(({ id }) => id), till: tills[0].id }] } : {}),
    ...document,
  };
}

/** Packages of somebody else's that pages name: each takes any options, and the secrets that it is given. */
function pluginOf(name, document) {
  const lists = { reader: document.readers, translator: document.translators, adapter: document.tills };
  const [kind, entries] = Object.entries(lists).find(([, list]) => list.some((entry) => entry.type === name || entry.adapter === name));
  const secrets = entries.flatMap((entry) => (entry.type === name || entry.adapter === name ? Object.keys(entry.secrets ?? {}) : []));
  const plugin = { kind, api: '^1', entry: './index.js', configSchema: { type: 'object', additionalProperties: true }, secrets, hosts: [], files: [], permissions: [], ...(kind === 'adapter' ? { capabilities: { goods: true, best: 'applied', verify: true } } : {}) };
  const read = readManifest(JSON.stringify({ version: '1.0.0', type: 'module', tillbridge: { plugin } }));
  if (!('manifest' in read)) throw new Error(`the documentation's own plugin is wrong: ${read.what}`);
  return { name, kind, folder: '/nowhere', modules: '/nowhere', ...read };
}
