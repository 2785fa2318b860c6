import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatProblem, readConfig } from './index.js';
import { parseProfiles, readOwnProfiles } from './profiles.js';
import { VALID } from './test-support.js';

const GOOD = `profiles:
  - id: mine
    name: Mine
    vid: "1a86"
    pid: ["5723"]
    mode: keyboard
    keys: { suffix: [CR], gapMs: 40 }
    switching: []
    basis: learned
    source: learned on this machine
    tested: [device]
`;

describe('own profiles', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tillbridge-profiles-'));
    mkdirSync(join(folder, 'profiles'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, text: string): void => writeFileSync(join(folder, 'profiles', name), text);

  it('YAML and JSON, beside the configuration', () => {
    write('a.yaml', GOOD);
    write('b.json', JSON.stringify({ profiles: [{ id: 'b', name: 'B', vid: '1234', pid: ['????'], mode: 'serial', switching: [], basis: 'learned', source: 'here', tested: [] }] }));
    write('notes.txt', 'not a profile');
    write('.swp.yaml', 'not a profile');
    writeFileSync(join(folder, 'tillbridge.yaml'), VALID);
    const loaded = readConfig(join(folder, 'tillbridge.yaml'), { env: {} });
    expect(loaded.ok && loaded.profiles.map(({ id }) => id)).toEqual(['mine', 'b']);
  });

  it('a wrong one refuses the configuration, with its place', () => {
    write('a.yaml', GOOD.replace('keyboard', 'keybord'));
    writeFileSync(join(folder, 'tillbridge.yaml'), VALID);
    const loaded = readConfig(join(folder, 'tillbridge.yaml'), { env: {} });
    expect(loaded.ok ? [] : loaded.problems.map(formatProblem)).toEqual([
      expect.stringMatching(/profiles[/\\]a\.yaml:6:11 profiles\[0\]\.mode: .*did you mean `keyboard`\?$/),
    ]);
  });

  it('the same id twice', () => {
    write('a.yaml', GOOD);
    write('b.yaml', GOOD);
    const { profiles, problems } = readOwnProfiles(join(folder, 'profiles'), 'en');
    expect(profiles).toHaveLength(1);
    expect(problems.map(({ keyPath }) => keyPath)).toEqual(['profiles[0].id']);
  });

  it('no folder, no profiles', () => {
    expect(readOwnProfiles(join(folder, 'nowhere'), 'en')).toEqual({ profiles: [], problems: [] });
  });

  it.each([
    ['a command of a guess', GOOD.replace('    switching', '    feedback: { good: "04 40" }\n    switching'), 'profiles[0].feedback'],
    ['an unknown key', `${GOOD}    colour: red\n`, 'profiles[0].colour'],
    ['no YAML', '{', '(file)'],
    ['an unreadable file', undefined, '(file)'],
  ])('%s', (_, text, keyPath) => {
    expect(parseProfiles(text, 'x.yaml', 'ru').problems.map((problem) => problem.keyPath)).toContain(keyPath);
  });

  it('commands that a document names', () => {
    const text = GOOD.replace('basis: learned', 'basis: document').replace('    switching', '    feedback: { good: "04 40" }\n    switching');
    expect(parseProfiles(text, 'x.yaml', 'en')).toMatchObject({ problems: [], profiles: [{ feedback: { good: '04 40' } }] });
  });
});
