// Twins in two languages: the same headings, the same blocks, output and files, and a way from each to the other.
import { marksOf } from './markdown.mjs';
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
  else {
    problems.push(...english.blocks.flatMap((each, i) => differentCommands(english, russian, each, russian.blocks[i])));
    problems.push(...english.blocks.flatMap((each, i) => differentOutput(english, russian, each, russian.blocks[i])));
    problems.push(...unsaidLanguage(russian));
  }
  for (const [from, to] of [[english, russian], [russian, english]]) {
    // the first page of the site has its switch of languages alone
    if (!from.path.startsWith('docs/index.') && !from.links.slice(0, 12).some(({ href }) => targetOf(from.path, href).file === to.path)) problems.push(`${from.path} does not say that ${to.path} exists: a link at its top is missing`);
  }
  return problems;
}

const told = (heading) => (heading === undefined ? 'the end' : `"${heading.text}"`);

/** Language and marks; a reason is words and may be translated. */
const kindOf = ({ lang, info }) => `${lang} ${info.replace(/((?:not-run|unchecked):).*$/, '$1')}`.trim();

/** What is run on one page has to be what stands on the other; elsewhere names and texts may be translated, commands and options not. */
function differentCommands(english, russian, one, other) {
  if (one.lang !== 'sh') return [];
  const { words } = marksOf(one.info);
  const exact = words.has('run') || words.has('background');
  const bones = (command) => command.filter((word, i) => i < 2 || word.startsWith('--'));
  const [mine, theirs] = [one, other].map(({ text }) => commandsIn(text).map((command) => (exact ? command : bones(command)).join(' ')));
  const at = firstDifference(mine, theirs);
  return at === undefined ? [] : [`${russian.path}:${other.line} has another command than ${english.path}:${one.line}: "${theirs[at] ?? ''}" and "${mine[at] ?? ''}"`];
}

const isOutput = ({ lang, info }) => lang === 'text' && marksOf(info).words.has('output');

/** What a page shows as printed, and what it writes, was tried on the English page alone: the other has to have the same. Comments may be translated. */
function differentOutput(english, russian, one, other) {
  const file = marksOf(one.info).values.file;
  if (!isOutput(one) && file === undefined) return [];
  const lines = ({ text }) => (isOutput(one) ? text : text.replace(/(^|\s)(#|\/\/).*$/gm, '')).split('\n').map((line) => line.trimEnd());
  const [mine, theirs] = [lines(one), lines(other)];
  const at = firstDifference(mine, theirs);
  return at === undefined ? [] : [`${russian.path}:${other.line} ${file === undefined ? 'shows' : 'writes'} something else than ${english.path}:${one.line}: "${theirs[at] ?? ''}" and "${mine[at] ?? ''}"`];
}

/** That output is in English is said where a Russian page shows some: on a Russian system a part of it is in Russian. */
function unsaidLanguage({ path, source, blocks }) {
  return !blocks.some(isOutput) || source.includes('`--lang en`') ? [] : [`${path} shows what is printed in English and does not say so (\`--lang en\`)`];
}

function firstDifference(a, b) {
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) if (a[i] !== b[i]) return i;
  return undefined;
}

