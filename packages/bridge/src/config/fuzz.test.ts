import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseConfig, shownConfig, showAsYaml, diffConfig, resolveRoutes, type ParseOptions } from './index.js';
import { withLines } from './test-support.js';

const options: ParseOptions = {
  path: 'tillbridge.yaml',
  env: { KEY: 'a-very-secret-key' },
  readFile: () => {
    throw new Error('no file');
  },
};

const FULL = withLines({
  readers: '  - { id: counter, type: serial, match: { vid: "1eab" }, framing: { suffix: [CR], idleMs: off } }\n  - { id: net, type: tcp, listen: "127.0.0.1:4001", feedback: off }',
  translators: '  - { type: rule, codes: [universal], number: "2{value:4..14}{ean13}" }\n  - { type: table }',
  tills: '  - { id: front, adapter: virtual-com, transport: pty, link: /run/f, template: { card: "{number}" } }\n  - { id: hook, adapter: webhook, url: "https://x.example", secrets: { key: "${env:KEY}" } }',
  rest: 'routes: [{ readers: [counter, net], till: front }, ]\non: { notFound: passThrough }\napi: off',
});

/** Whatever the text: an answer of the right shape, never a throw, never the secret. */
function check(text: string | Uint8Array): void {
  const parsed = parseConfig(text, options);
  if (parsed.ok) {
    expect(parsed.config.readers.length).toBeGreaterThan(0);
    expect(resolveRoutes(parsed.config).length).toBeGreaterThan(0);
    // hosts are shown on purpose, also those out of a reference: a secret that was put into an address as its host stands there
    const [yaml = ''] = showAsYaml(parsed).split('\n# hosts that may be contacted:');
    expect(JSON.stringify(shownConfig(parsed).config) + yaml).not.toContain('a-very-secret-key');
    expect(diffConfig(parsed.config, parsed.config).pipelineChanged).toBe(false);
    return;
  }
  expect(parsed.problems.length).toBeGreaterThan(0);
  const rows = (typeof text === 'string' ? text : Buffer.from(text).toString()).split('\n').length;
  for (const problem of parsed.problems) {
    expect(problem.line).toBeGreaterThanOrEqual(1);
    expect(problem.line).toBeLessThanOrEqual(rows);
    expect(problem.column).toBeGreaterThanOrEqual(1);
    expect(problem.keyPath).not.toBe('');
    expect(problem.message).not.toMatch(/\{(?:names?|other|limit|expected|actual|problem|part|max|current|escape)\}|\[object|a-very-secret-key/);
  }
}

describe('any text', () => {
  it('a valid file with characters changed', () => {
    const piece = fc.oneof(fc.constantFrom('\t', '\n', ' ', ':', '-', '{', '}', '[', ']', '"', "'", '#', '&', '*', '!', '|', '>', '%', '@', ',', '?', '${', '${env:KEY}', '  - ', 'off', '0', '~', '\\'), fc.string({ maxLength: 4 }));
    const edit = fc.record({ at: fc.nat(FULL.length), cut: fc.nat(12), piece });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        check(edits.reduce((text, { at, cut, piece: put }) => text.slice(0, at) + put + text.slice(at + cut), FULL));
      }),
      { numRuns: 250 },
    );
  });

  it('a valid document with values changed', () => {
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom('${env:KEY}', '${file:x}', 'off', 'none', 0, -1, 1e300, NaN, 'nfc', 'counter', 'front', '{number}', '^(a+)+$', '(', 'http', '1c'),
    );
    const parsed: unknown = parsedFull();
    const paths = pathsOf(parsed);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...paths), value), { minLength: 1, maxLength: 3 }), (changes) => {
        let document = parsed;
        for (const [path, put] of changes) document = replaced(document, path, put);
        check(stringify(document));
      }),
      { numRuns: 250 },
    );
  });

  it('any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), check), { numRuns: 200 });
  });

  it.each([
    ['keys that nest in one line', `version: 1\nreaders:\n  - { id: net, type${'a: b: '.repeat(3000)}}\n`],
    ['keys that nest without brackets', `version: 1\nreaders: ${'a: '.repeat(20_000)}\n`],
    ['lists in lists', `version: 1\nreaders:\n  ${'- '.repeat(20_000)}x\n`],
    ['a list that is in itself', 'version: 1\nreaders: &a\n  - *a\n'],
    ['a map that is in itself', 'version: 1\nreaders: &a { b: *a, c: *a }\n'],
    ['thousands of mistakes', `version: 1\n${'- x\n'.repeat(1500)}`],
  ])('%s are refused, and neither the stack nor an hour is lost on them', (_, text) => {
    const parsed = parseConfig(text, options);
    expect(parsed.ok).toBe(false);
    check(text);
  });

  it('the unchanged file is valid', () => {
    expect(parseConfig(FULL, options).ok).toBe(true);
  });
});

type Path = readonly (string | number)[];

function parsedFull(): unknown {
  const parsed = parseConfig(FULL, options);
  if (!parsed.ok) throw new Error('not valid');
  const plain = JSON.parse(JSON.stringify(parsed.config)) as { tills: { secrets?: { key: string } }[] };
  for (const till of plain.tills) if (till.secrets !== undefined) till.secrets.key = '${env:KEY}';
  return plain;
}

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, Array.isArray(value) ? Number(key) : key]))];
}

function replaced(value: unknown, [head, ...rest]: Path, put: unknown): unknown {
  if (head === undefined) return put;
  if (Array.isArray(value)) return value.map((item: unknown, i) => (i === head ? replaced(item, rest, put) : item));
  if (typeof value !== 'object' || value === null) return value;
  return { ...value, [head]: replaced((value as Record<string | number, unknown>)[head], rest, put) };
}
