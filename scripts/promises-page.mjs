// Writes docs/promises.md and docs/promises.ru.md: every promise, how it is tested, the last figures (bench/results/latest.json, test/proof/report.json), and plainly
// which does not hold. With --check only compares and exits 1 when they are out of step.
//   node scripts/promises-page.mjs [--check]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './packages.mjs';
import { SECTIONS } from './promises/list.mjs';
import { WORDS } from './promises/words.mjs';

export const LANGUAGES = ['en', 'ru'];
export const pageFile = (language) => join(root, language === 'en' ? 'docs/promises.md' : 'docs/promises.ru.md');

/** Figures of the last runs; a file that is not there holds none. */
export function lastFigures() {
  const read = (path) => (existsSync(join(root, path)) ? JSON.parse(readFileSync(join(root, path), 'utf8')) : {});
  return { bench: read('bench/results/latest.json'), proof: read('test/proof/report.json') };
}

/** One decimal is more than a machine's noise; counts as they are. */
const number = (value) => (Number.isInteger(value) ? value.toLocaleString('en-US') : String(Math.round(value * 100) / 100));

/** A measured bound: what was measured, what is promised, whether it holds. */
function benchFigure(id, { bench }, words) {
  const found = (bench.promises ?? []).find((promise) => promise.id === id);
  if (found === undefined) return { text: words.notMeasured, kept: undefined };
  const { value, unit, bound, atLeast, kept } = found;
  const told = (figure) => `${words.decimal(number(figure))} ${words.unit(unit)}`.trim();
  if (bound === undefined) return { text: told(value), kept: undefined };
  const promised = `${words.promised} ${atLeast ? '>=' : '<='} ${told(bound)}`;
  // of the bound: so much is missing, or too much
  const off = Math.round((Math.abs(value - bound) / bound) * 100);
  return { text: `${told(value)} (${promised})`, kept, miss: kept || !(bound > 0) ? undefined : words.missedBy(off, atLeast) };
}

const shown = (value) => {
  if (typeof value === 'object' && value !== null) return Object.entries(value).map(([name, count]) => `${name} ${shown(count)}`).join(' ');
  return typeof value === 'number' ? number(value) : String(value);
};

/** Counts of a proof: the named fields of one of its results. */
function proofFigure({ part, result, fields }, { proof }, words) {
  const run = proof.parts?.[part];
  const values = run?.results[result];
  if (values === undefined) return { text: words.notMeasured, kept: undefined };
  const counts = fields.map((field) => {
    if (values[field] === undefined) throw new Error(`the proof of ${part} has no field ${field} in ${result}`);
    return `${field} ${shown(values[field])}`;
  }).join(', ');
  const scale = run.scale === 1 ? '' : `, ${words.atScale(run.scale)}`;
  return { text: `${counts} (${run.on}${scale})`, kept: run.passed };
}

function figureOf(figure, figures, words) {
  const { kept, text, miss } = figure.bench === undefined ? proofFigure(figure, figures, words) : benchFigure(figure.bench, figures, words);
  const label = figure[words.language] ?? '';
  const mark = kept === undefined ? '' : kept ? `${words.kept}: ` : `**${miss ?? words.missed}**: `;
  return { line: `${mark}${label === '' ? '' : `${label}: `}${text}`, kept };
}

const link = ([text, path]) => `[${text}](../${path})`;

function promiseRow(promise, figures, words) {
  const lines = promise.figures?.map((figure) => figureOf(figure, figures, words)) ?? [];
  const isBroken = lines.some(({ kept }) => kept === false) || promise.holds === false;
  const why = isBroken ? promise.why?.[words.language] : undefined;
  const note = promise.note?.[words.language];
  const told = [...lines.map(({ line }) => line), ...(note === undefined ? [] : [note])].join('<br>');
  const missed = lines.flatMap(({ line, kept }) => (kept === false ? [line] : []));
  return {
    row: `| ${promise[words.language]} | ${promise.tests.map(link).join(', ')} | ${told} |`,
    unmeasured: lines.length > 0 && lines.every(({ kept }) => kept === undefined) ? [`- ${promise[words.language]}`] : [],
    broken: isBroken ? [`- ${promise[words.language]}. ${[...missed, why].filter((part) => part !== undefined).join('; ')}`] : [],
  };
}

/** Proofs that no promise above names: of single adapters, each with its own page. */
function otherProofs({ proof }, words) {
  const named = new Set(SECTIONS.flatMap(({ promises }) => promises.flatMap(({ figures = [] }) => figures.map(({ part }) => part))));
  return Object.entries(proof.parts ?? {}).filter(([part]) => !named.has(part)).map(([part, { passed, on, scale }]) => ({ part, passed, text: `${part}: ${passed ? words.kept : `**${words.missed}**`} (${on}${scale === 1 ? '' : `, ${words.atScale(scale)}`})` }));
}

/** The page in one language. */
export function promisesPage(language, figures) {
  const words = { language, ...WORDS[language] };
  const { bench, proof } = figures;
  const sections = SECTIONS.map((section) => ({ title: section[language], rows: section.promises.map((promise) => promiseRow(promise, figures, words)) }));
  const others = otherProofs(figures, words);
  const broken = [...sections.flatMap(({ rows }) => rows.flatMap((row) => row.broken)), ...others.filter(({ passed }) => !passed).map(({ text }) => `- ${words.proofOf} ${text}`)];
  const m = bench.machine ?? {};
  const unmeasured = sections.flatMap(({ rows }) => rows.flatMap((row) => row.unmeasured));
  return [
    `# ${words.title}`,
    '',
    words.intro,
    '',
    words.measuredOn({ ...m, on: (bench.time ?? '').slice(0, 10), proofNode: proof.machine?.node }),
    '',
    `## ${words.brokenTitle(broken.length)}`,
    '',
    ...(broken.length === 0 ? [words.allHold] : broken),
    '',
    `## ${words.unmeasuredTitle}`,
    '',
    ...(unmeasured.length === 0 ? [words.allMeasured] : unmeasured),
    '',
    ...sections.flatMap(({ title, rows }) => [`## ${title}`, '', `| ${words.head.join(' | ')} |`, '|---|---|---|', ...rows.map(({ row }) => row), '']),
    `## ${words.others}`,
    '',
    ...others.map(({ part, text }) => `- [${part}](../test/proof/${part}.proof.ts), ${text.slice(part.length + 2)}`),
    '',
    words.outro,
    '',
  ].join('\n');
}

/** Every file that the pages point to. */
export function promisedFiles() {
  return [...new Set(SECTIONS.flatMap(({ promises }) => promises.flatMap(({ tests }) => tests.map(([, path]) => path))))];
}

/** Both pages, from the last figures: also called by the runs that make them. */
export function writePromisesPages() {
  const figures = lastFigures();
  for (const language of LANGUAGES) writeFileSync(pageFile(language), promisesPage(language, figures));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const figures = lastFigures();
  const stale = LANGUAGES.filter((language) => !existsSync(pageFile(language)) || readFileSync(pageFile(language), 'utf8') !== promisesPage(language, figures));
  if (!process.argv.includes('--check')) writePromisesPages();
  else if (stale.length > 0) {
    console.error('docs/promises.md is out of step with the last figures: run node scripts/promises-page.mjs');
    process.exit(1);
  }
}
