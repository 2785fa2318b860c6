import { ERROR_CODES } from '@tillbridge/core';
import { readManifest } from '@tillbridge/plugin/manifest';
import { describe, expect, test } from 'vitest';
import { createProgram } from '../../packages/bridge/src/cli/main.js';
import { parseConfig } from '../../packages/bridge/src/index.js';
import { codeProblems, jsonProblems, markProblems, tagProblems } from '../../scripts/docs/blocks.mjs';
import { CommandLine, commandProblems } from '../../scripts/docs/commands.mjs';
import { Configurations } from '../../scripts/docs/configuration.mjs';
import { linkProblems } from '../../scripts/docs/links.mjs';
import { parsePage } from '../../scripts/docs/markdown.mjs';
import { programOf, programProblems } from '../../scripts/docs/programs.mjs';
import { outputProblem } from '../../scripts/docs/output.mjs';
import { commandsIn, tillbridgeWords } from '../../scripts/docs/shell.mjs';
import { pairProblems } from '../../scripts/docs/twins.mjs';
import { typeProblems } from '../../scripts/docs/typescript.mjs';

const pageOf = (source, path = 'docs/x.md') => ({ path, source, ...parsePage(source) });
const fence = (info, text) => `\`\`\`${info}\n${text}\n\`\`\`\n`;

describe('links', () => {
  const problems = (text) => linkProblems(new Map([['docs/x.md', pageOf(`# Here\n\n${text}`)], ['docs/y.md', pageOf('# There\n\n## Части', 'docs/y.md')]]), ['docs/x.md']);

  test.each(['[a](../README.md)', '[a](#here)', '[a](../packages)', '[a](https://example.com/x?y=1#z)', '[a](mailto:a@b.example)', '[a](../docs/install.md)'])('%s leads somewhere', (link) => {
    expect(problems(link)).toEqual([]);
  });

  test.each([
    ['[a](nowhere.md)', 'leads nowhere'],
    ['[a](#there)', 'no such heading'],
    ['[a](/docs/install.md)', 'absolute'],
    ['[a](../../etc/passwd)', 'leaves the repository'],
    ['[a](../packages/core/dist/index.js)', 'only there after a build'],
    ['[a](https://)', 'is no address'],
    ['[a](http://nohost/x)', 'has no host'],
    ['[a](https://user@evil.example/)', 'user name'],
    ['[a](../package.json#L5)', 'a line, which moves'],
  ])('%s does not', (link, why) => {
    expect(problems(link)).toEqual([expect.stringContaining(why)]);
  });

  test('anchors in Russian, written as they are or percent-encoded', () => {
    const pages = new Map([['docs/y.md', pageOf('## Части описания\n\n[a](#части-описания) [b](#%D1%87%D0%B0%D1%81%D1%82%D0%B8-%D0%BE%D0%BF%D0%B8%D1%81%D0%B0%D0%BD%D0%B8%D1%8F) [c](#части)', 'docs/y.md')]]);
    expect(linkProblems(pages)).toEqual([expect.stringContaining('docs/y.md:3 #части has no such heading (there is #части-описания)')]);
  });

  test('of a Russian page lead to Russian ones where there are some', () => {
    const russian = pageOf('# А\n\n[In English](x.md)\n\n[b](y.md#b) [c](z.md) [b](y.ru.md)', 'docs/x.ru.md');
    const pages = new Map([russian, pageOf('# A\n\n[b](y.md)', 'docs/x.md'), pageOf('# B', 'docs/y.md'), pageOf('# Б', 'docs/y.ru.md'), pageOf('# C', 'docs/z.md')].map((page) => [page.path, page]));
    expect(linkProblems(pages)).toEqual([expect.stringContaining('docs/x.ru.md:5 y.md#b is English: there is y.ru.md')]);
  });
});

describe('twins', () => {
  const english = `# A\n\n[По-русски](x.ru.md)\n\n## B\n\n${fence('sh run', 'tillbridge status --json   # look')}`;
  const russian = `# А\n\n[In English](x.md)\n\n## Б\n\n${fence('sh run', 'tillbridge status --json   # смотрим')}`;
  const problems = (ru, en = english) => pairProblems(pageOf(en), pageOf(ru, 'docs/x.ru.md'));

  test('with the same headings and commands', () => {
    expect(problems(russian)).toEqual([]);
  });

  test.each([
    ['a heading less', russian.replace('## Б\n', ''), 'other headings'],
    ['a heading of another level', russian.replace('## Б', '### Б'), 'other headings'],
    ['a block more', russian + fence('yaml', 'a: 1'), 'other code blocks'],
    ['another mark', russian.replace('sh run', 'sh not-run: потому что'), 'other code blocks'],
    ['another command', russian.replace('status', 'stop'), undefined],
    ['another option', russian.replace('--json', '--reveal'), 'another command'],
    ['no way back', russian.replace('[In English](x.md)', ''), 'does not say that docs/x.md exists'],
  ])('%s', (_, ru, why) => {
    expect(problems(ru)).toEqual([expect.stringContaining(why ?? 'another command')]);
  });
});

describe('what twins show and write', () => {
  const page = (lang, output, file, more = '') => `# A\n\n[x](x${lang === 'en' ? '.ru' : ''}.md) ${more}\n\n${fence('yaml file=tillbridge.yaml', file)}\n${fence('sh run', 'tillbridge status')}\n${fence('text output', output)}`;
  const problems = (ru) => pairProblems(pageOf(page('en', 'ready  2 …', 'a: 1   # one')), pageOf(ru, 'docs/x.ru.md'));

  test('is the same, but for comments in files', () => {
    expect(problems(page('ru', 'ready  2 …', 'a: 1   # один', '`--lang en`'))).toEqual([]);
  });

  test.each([
    ['another output', page('ru', 'готово 2 …', 'a: 1', '`--lang en`'), 'docs/x.ru.md:13 shows something else'],
    ['another file', page('ru', 'ready  2 …', 'a: 2', '`--lang en`'), 'docs/x.ru.md:5 writes something else'],
    ['output whose language is not said', page('ru', 'ready  2 …', 'a: 1'), 'does not say so'],
  ])('%s is seen', (_, ru, why) => {
    expect(problems(ru)).toEqual([expect.stringContaining(why)]);
  });
});

describe('commands', () => {
  test.each([
    ['sudo tillbridge config check && sudo systemctl reload x', ['config', 'check']],
    ["X=$(tillbridge clients pair --name 'a b' --scope s) 2>/dev/null", ['clients', 'pair', '--name', 'a b', '--scope', 's']],
    ['npx tillbridge run --json & # tillbridge stop', ['run', '--json']],
    ['tillbridge cards import \\\n  cards.csv > out.txt 2>&1', ['cards', 'import', 'cards.csv']],
    ['cat <<EOF > f\ntillbridge nothing\nEOF\ntimeout 5 tillbridge status', ['status']],
    ['UDS_KEY="a;b" node packages/bridge/bin/tillbridge.cjs doctor | head', ['doctor']],
  ])('%s', (script, wanted) => {
    expect(commandsIn(script).map(tillbridgeWords).filter((words) => words !== undefined)).toEqual([wanted]);
  });

  const line = new CommandLine(createProgram);
  test.each([
    ['cards import cards.csv --replace', undefined],
    ['journal verify', undefined],
    ['clients pair --name a --scope b', undefined],
    ['cards imprt cards.csv', "unknown command 'imprt'"],
    ['cards import', "missing required argument 'file'"],
    ['run --fast', "unknown option '--fast'"],
    ['cards', 'it needs one of its commands'],
    ['journal --limit many', 'whole number'],
    ['scan 1 --kind gift', 'Allowed choices'],
    ['nothing', 'there is no command "nothing"'],
    ['init --yes --reader serial:/dev/ttyACM0 --till iiko:rmsDiscountCard', undefined],
    ['init --yes --reader banana', '--reader is one of serial, hid, keyboard, mobile, tcp and not banana'],
    ['init --yes --till=abacus', 'and not abacus'],
  ])('tillbridge %s is held to the program', async (text, wanted) => {
    const problem = await line.problem(text.split(' '));
    if (wanted === undefined) expect(problem).toBeUndefined();
    else expect(problem).toContain(wanted);
  });

  test('in prose as well, with placeholders and alternatives', async () => {
    const page = pageOf('`tillbridge cards import FILE`, `tillbridge clients pair | list`, `tillbridge init --yes --till KIND`, `tillbridge card import`, `tillbridge cards importt FILE`, `tillbridge run --fast`, `tillbridge init --reader banana`, `tillbridge init --reader TYPE`, `tillbridge journal --outcome applied|sent`, `tillbridge journal --outcome eaten`');
    expect(await commandProblems(page, line)).toEqual([expect.stringContaining('no command card'), expect.stringContaining('no command importt of cards'), expect.stringContaining('no option --fast of run'), expect.stringContaining('and not banana'), expect.stringContaining('and not eaten')]);
  });

  test.each([
    ['tillbridge run', 'tillbridge'],
    ['X=1 Y=$(tillbridge status) sudo -u kassa apt install x', 'apt'],
    ['timeout 5s npx tillbridge run', 'tillbridge'],
    ['sudo aptt update', 'aptt'],
    ['X=1', undefined],
  ])('%s starts %s', (script, wanted) => {
    expect(programOf(commandsIn(script).at(-1))).toBe(wanted);
  });

  test('that begin with no program are typing mistakes', () => {
    const page = pageOf(fence('sh not-run: root', 'tillbrige run\nsudo aptt update\n./setup.sh && /usr/bin/anything | "$PAGER"\nwhile true; do sleep 1; done') + fence('text', 'nothing at all'));
    expect(programProblems(page)).toEqual([expect.stringContaining('docs/x.md:1 starts "tillbrige"'), expect.stringContaining('"aptt"')]);
  });
});

describe('configurations', () => {
  const check = new Configurations(parseConfig, (text) => (text.includes('vid') ? [] : ['is no profile']));
  const problems = (text) => check.problems(pageOf(text));

  test.each([
    ['whole', fence('yaml', 'version: 1\nreaders: [{ id: a, type: tcp, listen: "127.0.0.1:0" }]\ncodes: []\ntranslators: []\ntills: [{ id: front, adapter: client }]')],
    ['a part', fence('yaml', 'api: { port: 0 }')],
    ['a till that only a reader names', fence('yaml', 'readers:\n  - { id: w, type: till, till: bar }')],
    ['keys of an entry', fence('yaml', 'tills:\n  - { id: front, adapter: client }') + fence('yaml part=tills.0', 'expireMs: 9000')],
    ['keys of an entry that comes later', fence('yaml part=tills.0', 'expireMs: 9000') + fence('yaml', 'tills:\n  - { id: front, adapter: client }')],
    ['alternatives', fence('yaml each=readers', 'readers:\n  - { id: a, type: hid, auto: true }\n  - { id: a, type: serial, path: COM3 }')],
    ['a secret of the environment', fence('yaml', 'tills:\n  - { id: front, adapter: webhook, url: "https://a.example/x", secrets: { key: "${env:KEY}" } }')],
    ['a plugin', fence('yaml', 'tills:\n  - { id: front, adapter: "@acme/tillbridge-adapter-x", options: { any: 1 }, secrets: { token: "${env:T}" } }')],
    ['a profile', fence('yaml profile', 'vid: 1')],
    ['somebody else’s', fence('yaml unchecked: of Prometheus', 'scrape_configs: []')],
  ])('%s is right', (_, text) => {
    expect(problems(text)).toEqual([]);
  });

  test.each([
    ['an unknown key', fence('yaml', 'apii: { port: 0 }'), 'apii: unknown key'],
    ['an unknown key of an entry', fence('yaml', 'tills:\n  - { id: front, adapter: client }') + fence('yaml part=tills.0', 'expire: 9000'), 'tills[0].expire'],
    ['a value out of range', fence('yaml', 'readers:\n  - { id: a, type: serial, path: COM3, baudRate: 3 }'), 'readers[0].baudRate'],
    ['an entry of nothing', fence('yaml part=tills.0', 'expireMs: 1'), 'no configuration of this page'],
    ['no YAML', fence('yaml', 'a: [1'), 'is no YAML'],
    ['no profile', fence('yaml profile', 'name: x'), 'is no profile'],
  ])('%s is seen', (_, text, wanted) => {
    expect(problems(text).join('\n')).toContain(wanted);
  });
});

describe('other blocks', () => {
  test('marks that do not exist, and a command without one', () => {
    const page = pageOf(fence('sh', 'ls') + fence('sh runn', 'ls') + fence('sh not-run: root', 'ls') + fence('yaml par=x', 'a: 1') + fence('bash run', 'ls') + fence('sh run', 'ls'));
    expect(markProblems(page)).toHaveLength(6);
  });

  test('a block without a language, which nothing would check', () => {
    expect(markProblems(pageOf(fence('text', 'a')))).toEqual([]);
    expect(markProblems(pageOf(fence('', 'tillbridge nosuchcommand --foo')))).toEqual([expect.stringContaining('docs/x.md:1 has no language')]);
    // a backtick behind the language: no fence, and its end begins one
    expect(markProblems(pageOf(fence('sh not-run: needs a `mobile` reader', 'tillbridge mobile list')))).toEqual([expect.stringContaining('docs/x.md:3 has no language')]);
  });

  test('JSON, JSON lines, manifests', () => {
    const manifest = { kind: 'adapter', api: '^1', entry: './x.js', capabilities: { goods: false, best: 'sent', verify: false }, configSchema: { type: 'object' } };
    const problems = (info, text) => jsonProblems(pageOf(fence(info, text)), readManifest);
    expect(problems('json', '{"a":1}\n{"b":2}')).toEqual([]);
    expect(problems('json manifest', JSON.stringify(manifest))).toEqual([]);
    expect(problems('json', '{"a":1,}')).toHaveLength(1);
    expect(problems('json manifest', JSON.stringify({ ...manifest, kind: 'toaster' }))).toHaveLength(1);
  });

  test('text in angle brackets that nobody would see', () => {
    const page = pageOf('A <NAME> and `<NAME>`, <br>, <https://example.com>, <me@example.com>, a < b\n\n' + fence('text', '<NAME>'));
    expect(tagProblems(page)).toEqual([expect.stringContaining('docs/x.md:1 <NAME>')]);
  });

  test('error codes', () => {
    expect(codeProblems(pageOf('TB_API_SCOPE, TB_READER_NFC_*, `TB_CODE: what happened`'), ERROR_CODES)).toEqual([]);
    expect(codeProblems(pageOf('x\nTB_API_SCOPES'), ERROR_CODES)).toEqual(['docs/x.md:2 there is no error TB_API_SCOPES']);
  });

  test('output that has to be there, in its order', () => {
    const said = 'a 1\n  b   2\nc (3)\n';
    for (const shown of ['a 1\n', 'a …\nc (…)\n', 'b 2', '…2…', '']) expect(outputProblem(shown, said), shown).toBeUndefined();
    for (const shown of ['a', 'c (3)\na 1', 'd', '…\nx']) expect(outputProblem(shown, said), shown).toContain('was not printed');
  });
});

test('TypeScript and JavaScript against the built packages', { timeout: 180_000 }, () => {
  const snippet = (lang, info, text, page = 'docs/x.md') => ({ page, line: 10, lang, info, text });
  // in one go: it is the libraries that take the time
  const found = typeProblems([
    snippet('ts', '', "import { connect } from '@tillbridge/sdk';\nconst bridge = await connect({ token: 'x' });\nawait bridge.close();\n"),
    snippet('ts', '', "import { connect } from '@tillbridge/sdk';\n(await connect({ token: 'x' })).nothing();\n"),
    snippet('ts', 'given=token', "import { connect } from '@tillbridge/sdk/browser';\nvoid connect({ token });\n"),
    snippet('js', 'given=found', "import { pair } from '@tillbridge/sdk';\nexport const first = async (list) => found(list[0], process.env.X, await pair({ code: '1', name: 'a' }));\n"),
    snippet('js', '', "import { nobody } from '@tillbridge/sdk';\nnobody();\n"),
    snippet('ts', '', "// src/one.ts\nexport const one = 1;\n", 'docs/y.md'),
    snippet('ts', '', "// src/two.ts\nimport { one } from './one.js';\nexport const two: string = one;\n", 'docs/y.md'),
  ]);
  expect(found).toEqual([expect.stringMatching(/^docs\/x\.md:12 .*'nothing' does not exist/), expect.stringMatching(/^docs\/x\.md:11 .*'nobody'/), expect.stringMatching(/^docs\/y\.md:13 .*'number' is not assignable to type 'string'/)]);
});
