// The two commands that README.md promises, as written there: the first two lines in its shell blocks that start with `npm ci`.
//   node scripts/readme-commands.mjs 1|2 [FILE]
// Runs on any Node.js: it is asked before the repository's own is installed.
import { readFileSync } from 'node:fs';

/** @returns {string[]} */
export function readmeCommands(markdown) {
  const blocks = [...markdown.matchAll(/^```(?:sh|bash|shell|console)\n([^]*?)^```/gm)].map((match) => match[1]);
  const lines = blocks.join('').split('\n').map((line) => line.replace(/^\$ /, '').replace(/\s+#.*$/, '').trim());
  return lines.filter((line) => line.startsWith('npm ci')).slice(0, 2);
}

if (process.argv[1]?.endsWith('readme-commands.mjs')) {
  const file = process.argv[3] ?? new URL('../README.md', import.meta.url);
  const command = readmeCommands(readFileSync(file, 'utf8'))[Number(process.argv[2]) - 1];
  if (command === undefined) {
    console.error('README.md has no such command');
    process.exit(1);
  }
  console.log(command);
}
