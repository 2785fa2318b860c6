// The set-up sheets as a page of the book, in one language.
import { codeOf, pictureOf, PLACES } from './data.mjs';
import { BASIS, WORDS } from './words.mjs';

const cell = (text) => text.replaceAll('|', '\\|');
const contents = ({ fnc3, text }, words) => `${fnc3 ? words.fnc3 : ''}\`${text}\``;

/** What the profiles say in words, by make: each way once. @returns {Map<string, { to: string, en: string, ru: string, command?: string }[]>} */
export function wordsOfProfiles(profiles) {
  const makes = new Map();
  for (const profile of profiles) {
    const ways = makes.get(profile.name) ?? new Map();
    for (const way of profile.switching) if (way.to === 'serial' || way.to === 'hidPos') ways.set(`${way.to} ${way.en}`, way);
    makes.set(profile.name, ways);
  }
  return new Map([...makes].filter(([, ways]) => ways.size > 0).map(([make, ways]) => [make, [...ways.values()]]));
}

/** Serial scanners that are known by their ids alone: how to bring them there is nowhere in public. @returns {[string, string[]][]} makes with their product ids */
export function knownByIds(profiles) {
  const makes = new Map();
  for (const { name, mode, pid } of profiles) if (mode === 'serial') makes.set(name, [...(makes.get(name) ?? []), ...pid]);
  for (const make of wordsOfProfiles(profiles).keys()) makes.delete(make);
  return [...makes];
}

function idLines([make, ids], language) {
  const words = WORDS[language];
  return [`### ${make}`, '', `- **${words.mode.serial}**: ${words.byIds(ids.map((id) => `\`${id}\``).join(', '), PLACES[make]?.[language])}`, `- ${words.feedback}: ${words.noFeedback}`, ''];
}

const inWords = (ways, language) => ways.map((way) => `- **${WORDS[language].mode[way.to]}**: ${way[language]}`);

function wayLines(sheet, way, language) {
  const words = WORDS[language];
  const codes = way.scan.map((id) => codeOf(sheet, id));
  return [
    `### ${sheet.make}: ${words.to[way.to]}`,
    '',
    ...codes.flatMap((code, i) => [`${i + 1}. **${code.label}** (${BASIS[language][code.basis]})`, '', `   ![${code.label}](${pictureOf(sheet, code)})`, '']),
    ...(way.note === undefined ? [] : [way.note[language], '']),
  ];
}

function sheetLines(sheet, ways, language) {
  const words = WORDS[language];
  return [
    `## ${sheet.make}`,
    '',
    `${words.models}: ${sheet.models[language]}.`,
    '',
    `${words.manual}: ${sheet.manual[language]}.`,
    '',
    ...(ways === undefined ? [] : [`${words.inWords}:`, '', ...inWords(ways, language), '']),
    ...sheet.ways.flatMap((way) => wayLines(sheet, way, language)),
    `${words.feedback}. ${sheet.feedback[language]}`,
    '',
  ];
}

function sourceLines(sheets, language) {
  const words = WORDS[language];
  const rows = sheets.flatMap((sheet) =>
    sheet.codes.map((code) => `| ${sheet.make}: ${cell(code.label)} | ${cell(contents(code, words))} | ${BASIS[language][code.basis]} | ${cell(code.source)} |`),
  );
  return [`## ${words.sources}`, '', ...words.honesty, '', `| ${words.code} | ${words.text} | ${words.basis} | ${words.source} |`, '|---|---|---|---|', ...rows, ''];
}

const CONFIG = ['```yaml each=readers', 'readers:', '  - { id: counter, type: serial, match: { vid: "1eab", pid: "0106" } }', '  - { id: counter, type: hid, match: { vid: "0c2e", pid: "0b67" } }', '```'];

/** @param {import('./data.mjs').Sheet[]} sheets */
export function sheetsPage(sheets, profiles, language) {
  const words = WORDS[language];
  const ways = wordsOfProfiles(profiles);
  const without = ([make]) => !sheets.some((sheet) => sheet.make === make);
  const others = [...ways].filter(without);
  return `${[
    `# ${words.title}`,
    '',
    words.twin,
    '',
    ...words.intro,
    '',
    `## ${words.how}`,
    '',
    ...words.steps.map((step, i) => `${i + 1}. ${step}`),
    '',
    ...sheets.flatMap((sheet) => sheetLines(sheet, ways.get(sheet.make), language)),
    `## ${words.others}`,
    '',
    ...others.flatMap(([make, list]) => [`### ${make}`, '', ...inWords(list, language), '']),
    ...knownByIds(profiles).filter(without).flatMap((entry) => idLines(entry, language)),
    `## ${words.any}`,
    '',
    ...words.anyLines.map((line) => `- ${line}`),
    '',
    `## ${words.config}`,
    '',
    words.configText,
    '',
    ...CONFIG,
    '',
    ...sourceLines(sheets, language),
    words.made,
  ].join('\n')}\n`;
}
