import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readmeCommands } from '../../scripts/readme-commands.mjs';

const file = (path) => new URL(`../../${path}`, import.meta.url);

test('finds the commands as written, wherever they stand', () => {
  const markdown = '# X\n\n```sh\nnpm ci && npm run demo   # all of it\n```\n\nthen\n\n```console\n$ npm ci && npm test\n```\n\n```js\nnpm ci\n```\n';
  expect(readmeCommands(markdown)).toEqual(['npm ci && npm run demo', 'npm ci && npm test']);
  expect(readmeCommands('no commands, `npm ci` only in passing')).toEqual([]);
});

test('the README has both, they set everything up by themselves, and each script that they name exists', () => {
  const commands = readmeCommands(readFileSync(file('README.md'), 'utf8'));
  expect(commands).toHaveLength(2);
  const { scripts } = JSON.parse(readFileSync(file('package.json'), 'utf8'));
  for (const command of commands) {
    const named = [...command.matchAll(/npm (?:run )?(?!ci)([a-z:]+)/g)].map((match) => match[1]);
    expect(named.length, command).toBeGreaterThan(0);
    for (const name of named) expect(scripts, command).toHaveProperty([name]);
  }
});

test('scripts in package.json start files that exist', () => {
  const { scripts } = JSON.parse(readFileSync(file('package.json'), 'utf8'));
  const started = Object.values(scripts).flatMap((script) => [...script.matchAll(/node ((?:scripts|packages|test)\/\S+)/g)].map((match) => match[1]));
  expect(started.length).toBeGreaterThan(3);
  for (const path of started) expect(existsSync(file(path)), path).toBe(true);
});
