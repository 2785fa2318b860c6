import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { createProgram } from '../../packages/bridge/src/cli/main.js';
import { callable, cliPage, cliPageFiles } from '../../scripts/cli-page.mjs';

test.each(['en', 'ru'])('the page of the command line (%s) is in step with the program: run node scripts/cli-page.mjs', (lang) => {
  expect(readFileSync(cliPageFiles[lang], 'utf8')).toBe(cliPage(createProgram(), lang));
});

test('it has every command with its options', () => {
  const page = cliPage(createProgram(), 'en');
  expect(callable(createProgram()).length).toBeGreaterThan(45);
  for (const name of callable(createProgram())) expect(page).toMatch(new RegExp(`^#{2,3} ${name}$`, 'm'));
  for (const flags of ['--baud', '--nothing']) expect(page).not.toContain(flags);
  for (const flags of ['--wait', '--dry-run', '--outcome <outcome>', '`vsmartcard-vpcd`'.slice(1, -1)]) expect(page).toContain(flags);
});

test('a command without an example, an example without a command and a text without a translation stop it', () => {
  const more = createProgram();
  more.command('later').description('not yet').action(() => undefined);
  expect(() => cliPage(more, 'en')).toThrow('no example of later');
  expect(() => cliPage(new Command('tillbridge'), 'en')).toThrow('no command demo');
  const other = createProgram();
  other.commands[0].description('another text');
  expect(() => cliPage(other, 'ru')).toThrow('has no "another text"');
  expect(cliPage(other, 'en')).toContain('Another text.');
});
