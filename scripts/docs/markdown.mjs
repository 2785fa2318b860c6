// What a page of Markdown holds: headings, links, code blocks, code spans, each with its line. Pure.

/** GitHub's anchor of a heading (github-slugger): letters, digits, `_` and `-` stay, spaces become `-`. The site uses the same. */
export const slug = (text) =>
  text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');

/** A heading as it reads: without the marks of code, emphasis and links. */
export const plain = (text) =>
  text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(`+)(.*?)\1/g, '$2')
    .replace(/(\*\*|__)(.*?)\1/g, '$2')
    .replace(/(^|\W)[*_](\S.*?)[*_](?=\W|$)/g, '$1$2');

const FENCE = /^(\s*)(`{3,}|~{3,})\s*([\w+-]*)[ \t]*(.*)$/;

/**
 * @typedef {{ lang: string, info: string, text: string, line: number, end: number }} Block `line` is the one of the opening fence, from 1
 * @returns {{ title?: string, headings: { level: number, text: string, slug: string, line: number }[], blocks: Block[], tags: { name: string, line: number }[], links: { href: string, line: number }[], spans: { text: string, line: number }[] }}
 */
export function parsePage(source) {
  const lines = source.replace(/^---\n[\s\S]*?\n---\n/, (front) => '\n'.repeat(front.split('\n').length - 1)).split('\n');
  const page = { title: undefined, headings: [], blocks: [], links: [], spans: [], tags: [] };
  const used = new Map();
  let comment = false;
  for (let i = 0; i < lines.length; i += 1) {
    const fence = FENCE.exec(lines[i]);
    if (fence !== null && !comment && !/`/.test(fence[4])) {
      const end = closingFence(lines, i, fence[2]);
      const indent = fence[1].length;
      const text = lines.slice(i + 1, end).map((line) => line.slice(Math.min(indent, line.length - line.trimStart().length)) + '\n').join('');
      page.blocks.push({ lang: fence[3], info: fence[4].trim(), text, line: i + 1, end: end + 1 });
      i = end;
      continue;
    }
    const shown = withoutComments(lines[i], comment);
    comment = shown.comment;
    readLine(page, used, shown.text, i + 1);
  }
  return page;
}

function closingFence(lines, start, mark) {
  for (let i = start + 1; i < lines.length; i += 1) {
    const line = lines[i].trim();
    if (line.startsWith(mark) && line.replaceAll(mark[0], '') === '') return i;
  }
  return lines.length;
}

/** Comments may go over several lines; `comment`: the line begins inside of one. */
function withoutComments(line, comment) {
  let text = comment ? `<!--${line}` : line;
  text = text.replace(/<!--.*?-->/g, '');
  const open = text.indexOf('<!--');
  return open < 0 ? { text, comment: false } : { text: text.slice(0, open), comment: true };
}

function readLine(page, used, line, number) {
  const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
  if (heading !== null) {
    const text = plain(heading[2]);
    const base = slug(text);
    const times = used.get(base) ?? 0;
    used.set(base, times + 1);
    page.headings.push({ level: heading[1].length, text, slug: times === 0 ? base : `${base}-${times}`, line: number });
    if (heading[1].length === 1) page.title ??= text;
  }
  const bare = line.replace(/(`+)(.+?)\1/g, (_, ticks, text) => {
    page.spans.push({ text: text.trim(), line: number });
    return ' '.repeat(text.length + 2 * ticks.length);
  });
  for (const [, name] of bare.matchAll(/<\/?([A-Za-z][\w-]*)(?![\w.+-]*(?:@|:\/\/))/g)) page.tags.push({ name, line: number });
  for (const [, href] of bare.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)) page.links.push({ href, line: number });
  for (const [, href] of bare.matchAll(/^\s*\[[^\]]+\]:\s+(\S+)/g)) page.links.push({ href, line: number });
  for (const [, href] of bare.matchAll(/<(?:a|img|source|video)\b[^>]*?\s(?:href|src|srcset)="([^"\s]+)/g)) page.links.push({ href, line: number });
}

/**
 * What stands behind the language of a block.
 *
 * @returns {{ words: Set<string>, values: Record<string, string>, reason?: { kind: 'not-run' | 'unchecked', text: string } }}
 */
export function marksOf(info) {
  const reason = /(?:^|\s)(not-run|unchecked):\s*(.*)$/.exec(info);
  const before = reason === null ? info : info.slice(0, reason.index);
  const words = new Set();
  const values = {};
  for (const word of before.split(/\s+/).filter((each) => each !== '')) {
    const at = word.indexOf('=');
    if (at > 0) values[word.slice(0, at)] = word.slice(at + 1);
    else words.add(word);
  }
  return { words, values, ...(reason === null ? {} : { reason: { kind: reason[1], text: reason[2].trim() } }) };
}
