import { parseConfig, resolveRoutes, secretLine, shownConfig, showAsYaml, parseHostPort } from '../../../packages/bridge/src/config/index.js';
import { parseProfiles } from '../../../packages/bridge/src/config/profiles.js';
import { outlineOf } from '../../../packages/bridge/src/config/check/outline.js';
import { parseSince } from '../../../packages/bridge/src/query.js';
import { parseScopes } from '../../../packages/bridge/src/cli/client-scopes.js';
import { parseRecording } from '../../../packages/bridge/src/flight/index.js';
import { parseStatus } from '../../../packages/bridge/src/service/systemd-plan.js';
import { parseHostStatus, parseSteps } from '../../../packages/bridge/src/service/windows-host.js';
import { parseUrl } from '../../../packages/adapter-webhook/src/options.js';
import { optionsSchema, readManifest } from '../../../packages/plugin/src/manifest/manifest.js';
import { CsvParser } from '../../../packages/store/src/cards/parse/csv-parser.js';
import { JsonLinesParser } from '../../../packages/store/src/cards/parse/json-lines-parser.js';
import { readJsonDocument } from '../../../packages/store/src/cards/parse/json-document.js';
import { RowReader } from '../../../packages/store/src/cards/parse/row-reader.js';
import { sniff } from '../../../packages/store/src/cards/parse/sniff.js';
import { TextBlocks } from '../../../packages/store/src/cards/parse/text-blocks.js';
import { jsonOf, JSON_WORDS, must, pieces, textOf, type FuzzTarget } from '../target.js';

const SECRET = 'a-very-secret-key';
const options = {
  path: 'tillbridge.yaml',
  env: { KEY: SECRET },
  readFile: (): never => {
    throw new Error('no file');
  },
};
/** A text of a message that was not filled in, or shows what it must not. */
const UNFILLED = /\{(?:names?|other|limit|expected|actual|problem|part|max|current|escape)\}|\[object|a-very-secret-key/;

const config: FuzzTarget = {
  name: 'config',
  maxBytes: 6000,
  dictionary: ['version: 1', 'readers:', 'tills:', 'codes:', 'translators:', 'routes:', '  - ', '{ id: a, type: serial }', 'type: nfc', 'adapter: webhook', '${env:KEY}', '${file:x}', '&a', '*a', '<<:', '!!binary', '|', '>', '? ', '#', '\t', '"\\x00"', '^(a+)+$', '{number}', '%YAML 1.2', '---', '...', '- - - -', '[[[[', 'a: &a [*a]'],
  run: (input) => {
    const text = textOf(input);
    const parsed = parseConfig(text, options);
    secretLine(text, parsed);
    if (parsed.ok) {
      must(resolveRoutes(parsed.config).length > 0, 'a configuration without a route');
      // the hosts are shown on purpose, also those that came out of a reference
      const [yaml = ''] = showAsYaml(parsed).split('\n# hosts that may be contacted:');
      must(!`${JSON.stringify(shownConfig(parsed).config)}${yaml}`.includes(SECRET), 'a secret is shown');
      return `accepted ${parsed.config.tills.map(({ adapter }) => adapter).join(' ')}`;
    }
    must(parsed.problems.length > 0, 'refused without a reason');
    const rows = text.split('\n').length;
    for (const { line, column, message } of parsed.problems) {
      must(line >= 1 && line <= rows && column >= 1, 'a problem outside of the file');
      must(!UNFILLED.test(message), 'a message that is not whole, or shows a secret');
    }
    const [first] = parsed.problems;
    return `${first?.keyPath.replace(/\d+/g, '#') ?? ''} ${first?.message.replace(/[\d"'`].*/, '').slice(0, 30) ?? ''}`;
  },
};

const profiles: FuzzTarget = {
  name: 'profiles',
  maxBytes: 6000,
  dictionary: ['profiles:', '  - id: x', 'vid: "0c2e"', 'pid: "0b81"', 'mode: hid-pos', 'basis: document', 'layout: hhp', 'feedback:', '&a', '*a', '[', ']', '{', '}', '"', '\t'],
  run: (input) => {
    const { profiles: read, problems } = parseProfiles(textOf(input), 'profiles.yaml', 'en');
    must(problems.length > 0 || read.length >= 0, 'neither profiles nor problems');
    must(problems.length === 0 || read.length === 0, 'half a file was taken');
    for (const { line, column } of problems) must(line >= 1 && column >= 1, 'a problem outside of the file');
    return `${String(Math.min(2, read.length))} ${problems[0]?.keyPath.replace(/\d+/g, '#') ?? ''}`;
  },
};

const words: FuzzTarget = {
  name: 'words',
  maxBytes: 400,
  dictionary: ['127.0.0.1:7843', '[::1]:80', 'localhost', ':', '65536', '15m', '999999999d', '2026-11-22', 'scan:read', 'delivery:front', 'delivery', ',', 'MainPID=12', 'ActiveState=active\n', 'state\trunning\n', 'error\tx\ty\n', 'done\tx\n'],
  run: (input) => {
    const text = textOf(input);
    const host = parseHostPort(text);
    must(host === undefined || (host.port >= 0 && host.port <= 65_535 && host.host !== ''), 'an address that is none');
    const since = parseSince(text, 1_795_000_000_000);
    must(since === undefined || Number.isFinite(since), 'a time that is none');
    const unit = parseStatus(text);
    must(unit.pid === undefined || unit.pid > 0, 'a process id that is none');
    const service = parseHostStatus(text);
    must(service.pid === undefined || service.pid > 0, 'a process id that is none');
    const steps = parseSteps(text);
    const shape = [host, since, unit.pid, service.pid, steps.failed].map((each) => (each === undefined ? '0' : '1')).join('');
    if (text.includes('://')) must(/^https?:$/.test(parseUrl({ id: 'front', url: text }).protocol), 'an address that is not of the web');
    return `${shape} ${String(parseScopes(text, 'front').length > 0)}`;
  },
};

const recording: FuzzTarget = {
  name: 'recording',
  maxBytes: 8192,
  dictionary: [...JSON_WORDS, '\n', '{"e":"quiet","t":1,"reader":"counter"}\n', '"e":"read"', '"bytes":"31"', '"t":-1', '"wire":2'],
  run: (input) => {
    const { head, lines } = parseRecording(textOf(input));
    must(head.readers.length <= 1000 && lines.every(({ t }) => Number.isFinite(t)), 'a line without a time');
    return `lines ${String(Math.min(4, lines.length))} ${lines.at(-1)?.e ?? ''}`;
  },
};

const manifest: FuzzTarget = {
  name: 'plugin-manifest',
  maxBytes: 8192,
  // a schema of options that is none; `readManifest` says so in its answer, asked alone it throws
  dictionary: [...JSON_WORDS, '"tillbridge":{"plugin":', '"kind":"reader"', '"api":"^1"', '"entry":"./x.mjs"', '"configSchema":', '"type":"object"', '"$ref":"#"', '"$defs":', '"pattern":"(a+)+$"', '"allOf":', '"properties":'],
  run: (input) => {
    const read = readManifest(textOf(input));
    if ('kind' in read) {
      must(!('what' in read) || read.what.length <= 200, 'a problem without an end');
      return `${read.kind} ${'what' in read ? read.what.replace(/\d/g, '#').slice(0, 30) : ''}`;
    }
    const schema = optionsSchema(read.manifest.configSchema);
    schema.safeParse({ host: 'x', path: '/y', port: 1 });
    return `manifest ${read.manifest.kind}`;
  },
};

interface Rows {
  readonly rows: string[];
  readonly bad: string[];
  problem?: string;
}

/** A card file in these pieces: its rows, and the lines that were refused. */
function cardsOf(path: string, format: 'csv' | 'jsonl', chunks: readonly Uint8Array[]): Rows {
  const read: Rows = { rows: [], bad: [] };
  const sink = {
    row: (...row: readonly unknown[]): void => void read.rows.push(row.join('\u0000')),
    bad: (line: number, reason: string): void => {
      must(line >= 1 && /^[a-zA-Z]+$/.test(reason), 'a bad line without a place or a word');
      read.bad.push(`${String(line)} ${reason}`);
    },
  };
  const parser = format === 'csv' ? new CsvParser(path, new RowReader(sink), sink) : new JsonLinesParser(new RowReader(sink), sink);
  const blocks = new TextBlocks();
  for (const chunk of chunks) {
    const block = blocks.push(Buffer.from(chunk));
    if (block !== undefined) parser.push(block);
  }
  const last = blocks.end();
  if (last !== undefined) parser.push(last);
  parser.end();
  return read;
}

const cardFile: FuzzTarget = {
  name: 'card-file',
  maxBytes: 4096,
  dictionary: ['code,card\n', 'code;card;kind;state;expires\r\n', '"', '""', ',', ';', '\n', '\r\n', '2030-01-02', 'inactive', 'phone', '{"code":"1","card":"2"}\n', '"kind":"phone"', '\ufeff', Uint8Array.of(0xff, 0xfe), Uint8Array.of(0xc3), ...JSON_WORDS],
  run: (input, random) => {
    const format = sniff(random.pick(['cards.csv', 'cards.jsonl', 'cards']), input.subarray(0, 64));
    if (format === 'json') return 'json';
    const whole = cardsOf('cards', format, [input]);
    const cut = cardsOf('cards', format, pieces(input, random));
    must(JSON.stringify(cut) === JSON.stringify(whole), 'where the file is cut makes a difference');
    must(whole.rows.length + whole.bad.length <= textOf(input).split('\n').length, 'more rows than lines');
    return `${format} rows ${String(Math.min(3, whole.rows.length))} ${whole.bad[0]?.replace(/^\d+ /, '') ?? ''}`;
  },
};

const cardDocument: FuzzTarget = {
  name: 'card-document',
  maxBytes: 4096,
  dictionary: [...JSON_WORDS, '"data":', '"cards":', '"code":"1"', '"card":2', '"expires":"2030-01-02"', '[{"code":"1","card":"2"}]'],
  run: (input, random) => {
    let rows = 0;
    let bad = 0;
    const sink = { row: (): void => void (rows += 1), bad: (): void => void (bad += 1) };
    const problem = readJsonDocument(input, { rows: random.pick(['', 'data.cards']), code: 'code', card: 'card', expires: 'expires' }, new RowReader(sink), sink);
    must(problem === undefined || rows + bad === 0, 'rows of a document that was refused');
    must(rows === 0 || jsonOf(input) !== undefined || input[0] === 0xef, 'rows of a text that is no JSON');
    return `${problem ?? 'read'} ${String(Math.min(3, rows))} ${String(bad > 0)}`;
  },
};

const outline: FuzzTarget = {
  name: 'config-outline',
  maxBytes: 4096,
  dictionary: ['{"readers":', '"tills":', '"id":"front"', '"translators":', ...JSON_WORDS],
  run: (input) => {
    const value = jsonOf(input);
    if (value === undefined) return 'no JSON';
    return Object.keys(outlineOf(value)).length > 0 ? 'outline' : 'empty';
  },
};

export const files: readonly FuzzTarget[] = [config, profiles, words, recording, manifest, cardFile, cardDocument, outline];
