// Marks that make no sense, JSON that is none, error codes that do not exist. Pure but for what is handed in.
import { marksOf } from './markdown.mjs';

const WORDS = { sh: ['run', 'background'], text: ['output'], yaml: ['profile'], json: ['manifest'] };
const VALUES = ['file', 'exit', 'part', 'each', 'given'];

/** Shown and read by more programs than ours, which know no marks: its two first commands are CI's own, the others need a scanner. */
const UNMARKED = 'README.md';

/** A typing mistake in a mark must not switch a check off. */
export function markProblems(page) {
  return page.blocks.flatMap((block) => {
    const { words, values, reason } = marksOf(block.info);
    const at = (problem) => `${page.path}:${block.line} ${problem}`;
    const problems = [];
    // also what a fence makes whose first line has a backtick behind the language: it opens nothing, and the closing one opens the next
    if (block.lang === '') problems.push(at('has no language: say text where it is none, and no backticks behind the language'));
    for (const word of words) if (!(WORDS[block.lang] ?? []).includes(word)) problems.push(at(`\`${block.lang} ${word}\` is no mark of a block`));
    for (const name of Object.keys(values)) if (!VALUES.includes(name)) problems.push(at(`\`${name}=\` is no mark of a block`));
    if (reason !== undefined && reason.text.length < 8) problems.push(at(`${reason.kind}: needs its reason`));
    if (page.path !== UNMARKED && block.lang === 'sh' && words.size === 0 && reason === undefined && values.file === undefined) problems.push(at('is neither `run`, `background` nor `not-run: REASON`'));
    if (['bash', 'shell', 'console', 'yml', 'javascript', 'typescript'].includes(block.lang)) problems.push(at(`say ${{ yml: 'yaml', javascript: 'js', typescript: 'ts' }[block.lang] ?? 'sh'} and not ${block.lang}`));
    return problems;
  });
}

/** HTML that pages may have; anything else in angle brackets is a text that would not be seen. */
const TAGS = new Set(['a', 'br', 'details', 'img', 'kbd', 'picture', 'source', 'sub', 'summary', 'sup', 'video']);

export const tagProblems = (page) => page.tags.filter(({ name }) => !TAGS.has(name.toLowerCase())).map(({ name, line }) => `${page.path}:${line} <${name}> would be taken for HTML: write it as code`);

/** @param readManifest the program's reader of a plugin's package.json */
export function jsonProblems(page, readManifest) {
  return page.blocks
    .filter(({ lang, info }) => lang === 'json' && marksOf(info).reason === undefined)
    .flatMap((block) => {
      const at = (problem) => [`${page.path}:${block.line} ${problem}`];
      const value = jsonOf(block.text);
      if (value === undefined) return at('is neither JSON nor one document a line');
      if (!marksOf(block.info).words.has('manifest')) return [];
      const read = readManifest(JSON.stringify({ version: '1.0.0', type: 'module', tillbridge: { plugin: value } }));
      return 'manifest' in read ? [] : at(`is no manifest: ${read.what ?? read.kind}`);
    });
}

function jsonOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return text.split('\n').filter((line) => line.trim() !== '').map((line) => JSON.parse(line));
    } catch {
      return undefined;
    }
  }
}

/** Codes that a page names: whole ones have to exist, `TB_NATIVE_` and `TB_READER_NFC_*` have to begin some. */
export function codeProblems(page, codes) {
  const known = [...codes];
  return page.source.split('\n').flatMap((line, i) =>
    [...line.matchAll(/\bTB_[A-Z]+(?:_[A-Z0-9]+)*_?/g)]
      .map(([code]) => code)
      .filter((code) => !['TB_CODE', 'TB_AREA_NAME', 'TB_AREA'].includes(code) && !known.some((each) => (code.endsWith('_') ? each.startsWith(code) : each === code || each.startsWith(`${code}_`))))
      .map((code) => `${page.path}:${i + 1} there is no error ${code}`),
  );
}
