// Twins in two languages: the same headings, the same blocks, and a way from each to the other.
import { commandsIn } from './shell.mjs';
import { englishOf, isBook, isRussian } from './pages.mjs';
import { targetOf } from './links.mjs';

export function twinProblems(pages) {
  return [...pages.keys()].filter((path) => isRussian(path) && isBook(path)).flatMap((path) => {
    const english = pages.get(englishOf(path));
    if (english === undefined) return [`${path} has no English twin`];
    return pairProblems(english, pages.get(path));
  });
}

export function pairProblems(english, russian) {
  const problems = [];
  const levels = (page) => page.headings.map(({ level }) => '#'.repeat(level));
  const heading = firstDifference(levels(english), levels(russian));
  if (heading !== undefined) problems.push(`${russian.path} has other headings than ${english.path}: from ${told(russian.headings[heading])} and ${told(english.headings[heading])} on`);
  const kinds = (page) => page.blocks.map(kindOf);
  const block = firstDifference(kinds(english), kinds(russian));
  if (block !== undefined) problems.push(`${russian.path} has other code blocks than ${english.path}: ${kinds(russian)[block] ?? 'none'} and ${kinds(english)[block] ?? 'none'} as number ${block + 1}`);
  else problems.push(...english.blocks.flatMap((each, i) => differentCommands(english, russian, each, russian.blocks[i])));
  for (const [from, to] of [[english, russian], [russian, english]]) {
    if (!from.links.slice(0, 12).some(({ href }) => targetOf(from.path, href).file === to.path)) problems.push(`${from.path} does not say that ${to.path} exists: a link at its top is missing`);
  }
  return problems;
}

const told = (heading) => (heading === undefined ? 'the end' : `"${heading.text}"`);

/** Language and marks; a reason is words and may be translated. */
const kindOf = ({ lang, info }) => `${lang} ${info.replace(/((?:not-run|unchecked):).*$/, '$1')}`.trim();

/** What is run on one page has to be what stands on the other. */
function differentCommands(english, russian, one, other) {
  if (one.lang !== 'sh') return [];
  const [mine, theirs] = [one, other].map(({ text }) => commandsIn(text).map((words) => words.join(' ')));
  // an address, a name in angle brackets or quotes may be translated; which command and which options, not
  const bones = (commands) => commands.map((command) => command.split(' ').filter((word, i) => i === 0 || word.startsWith('--')).join(' '));
  const at = firstDifference(bones(mine), bones(theirs));
  return at === undefined ? [] : [`${russian.path}:${other.line} has another command than ${english.path}:${one.line}: "${theirs[at] ?? ''}" and "${mine[at] ?? ''}"`];
}

function firstDifference(a, b) {
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) if (a[i] !== b[i]) return i;
  return undefined;
}

