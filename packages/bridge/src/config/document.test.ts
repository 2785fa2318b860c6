import { describe, expect, it } from 'vitest';
import { fails, lines, VALID } from './test-support.js';

describe('broken YAML', () => {
  it.each([
    ['a key twice', 'version: 1\nversion: 1\n', '2:1 version: the key stands here twice'],
    ['a tab', 'version: 1\nlog:\n\tlevel: info\n', '3:1 log: a tab in the indentation: use spaces'],
    ['an open bracket', 'version: 1\nlog: [1, 2\nnext: 1\n', '3:1 next: wrong indentation, or a bracket that is not closed'],
    ['a wrong indentation', 'version: 1\nlog:\n   level: info\n  file: x\n', '4:1'],
    ['a backslash in double quotes', 'version: 1\ncodes: [{ match: "^98\\d$" }]\n', '2:22 codes[0].match: `\\d` is no escape of a double-quoted text: write the backslash twice, or use single quotes'],
    ['two keys on a line', 'version: 1\nlog: level: info\n', '2:6 log.level: a second `key:` on one line: quote the text, or begin a new line'],
    ['a reserved character', 'version: 1\nstore: @home\n', '2:8 store: a text that begins with this character must stand in quotes'],
    ['two documents', 'version: 1\n---\nversion: 1\n', '2:1'],
    ['an alias to nothing', 'version: 1\nlog: *there\n', '2:6 log: the alias `*there` has no anchor `&there` before it'],
    ['a tag', 'version: 1\nlog: !!js/function x\n', '2:6 log: YAML tags such as `!!js/function` are not used here'],
    ['a control character', 'version: 1\nstore: a\u0007b\n', '2:9 (file): a control character does not belong into this file'],
    ['nothing', '', '1:1 (file): the file is empty; `tillbridge init` writes one to start from'],
    ['only comments', '# hello\n\n', '1:1 (file): the file is empty; `tillbridge init` writes one to start from'],
    ['a list', '- version: 1\n', '1:1 (file): the file must consist of `key: value` lines'],
    ['a text', 'hello\n', '1:1 (file): the file must consist of `key: value` lines'],
  ])('%s', (_, text, problem) => {
    expect(fails(text)).toContainEqual(expect.stringContaining(`tillbridge.yaml:${problem}`));
  });

  it('a key twice does not hide the other mistakes', () => {
    expect(fails(`${VALID}store: a\nstore: b\njurnal: 1\n`)).toEqual([
      'tillbridge.yaml:12:1 store: the key stands here twice',
      'tillbridge.yaml:13:1 jurnal: unknown key; did you mean `journal`?',
    ]);
  });
});

describe('hostile files', () => {
  const timed = (text: string | Uint8Array): readonly string[] => {
    const start = performance.now();
    const problems = fails(text);
    // the bound is on the shape of the work (no explosion), not on the speed of this machine
    expect(performance.now() - start).toBeLessThan(8000);
    return problems;
  };

  it('larger than the bound', () => {
    expect(timed('#'.repeat(1024 * 1024 + 1))).toEqual(['tillbridge.yaml:1:1 (file): the file is larger than 1048576 bytes']);
    expect(timed(Buffer.alloc(1024 * 1024 + 1, '#'))).toHaveLength(1);
  });

  it('that is no UTF-8, at the line where that begins', () => {
    const windows1251 = Buffer.concat([Buffer.from('version: 1\nstore: '), Buffer.from([0xcc, 0xe0, 0xe3])]);
    expect(timed(windows1251)).toEqual(['tillbridge.yaml:2:8 (file): the file is not UTF-8 text: save it as UTF-8']);
    expect(timed(Buffer.from('\uFEFFversion: 1\n', 'utf16le'))[0]).toContain('not UTF-8');
  });

  it.each([
    ['brackets', '['.repeat(500_000)],
    ['braces', '{a: '.repeat(200_000)],
    ['dashes', '- '.repeat(5000)],
    ['questions', '? '.repeat(5000)],
    ['indentation', Array.from({ length: 700 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('nested without end: %s', (_, text) => {
    expect(timed(text).length).toBeGreaterThan(0);
  });

  it('brackets are counted before the parser sees them', () => {
    expect(timed('['.repeat(500_000))).toEqual(['tillbridge.yaml:1:129 (file): nested too deeply']);
    expect(lines(VALID.replace('/dev/ttyACM0', `"${'['.repeat(100)}"`))).toEqual([]);
  });

  it('aliases that multiply', () => {
    const levels = Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array.from({ length: 10 }, () => `*a${i}`).join(', ')}]`);
    expect(timed(`a0: &a0 [x]\n${levels.join('\n')}\n`)).toEqual(['tillbridge.yaml:1:1 (file): too many repetitions through YAML aliases (`*name`)']);
  });

  it('terminal escapes in keys and values do not reach the terminal', () => {
    const all = fails(`${VALID}"\\e[31mx": 1\nlog: { level: "\\e]0;x\\a" }\n`).join('\n');
    // eslint-disable-next-line no-control-regex -- looking for exactly these
    expect(all).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it('__proto__ is a key like any other', () => {
    expect(lines(`${VALID}__proto__: { polluted: 1 }\nconstructor: 1\n`)).toHaveLength(2);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
