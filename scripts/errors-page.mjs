// Writes docs/errors.md and docs/errors.ru.md from the built catalogue of core; with --check only compares and exits 1 when one is out of step.
//   node scripts/build.mjs --quiet core && node scripts/errors-page.mjs [--check]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './packages.mjs';

const AREAS = {
  CONFIG: { en: 'Configuration and command line', ru: 'Конфигурация и командная строка' },
  READER: { en: 'Readers', ru: 'Считыватели' },
  SCAN: { en: 'Scans', ru: 'Сканирования' },
  TRANSLATE: { en: 'Translation and the card table', ru: 'Перевод и таблица карт' },
  TILL: { en: 'Tills', ru: 'Кассы' },
  API: { en: 'The local API and the daemon', ru: 'Локальный API и демон' },
  JOURNAL: { en: 'Journal and state folder', ru: 'Журнал и папка состояния' },
  NATIVE: { en: 'Native packages', ru: 'Пакеты с кодом для системы' },
  SERVICE: { en: 'The service of the system', ru: 'Служба системы' },
};

const WORDS = {
  en: {
    head: `# Errors

[По-русски](errors.ru.md)

Every error has a code \`TB_AREA_NAME\`, a text that says what happened, and one that says what to do. The command line prints both; the API
answers \`{"error": {"code", "message", "retryable", "details"}}\`. Words in braces stand for what varies. Card numbers, codes and phones never
show in full in an error.

This page is written by \`node scripts/errors-page.mjs\`; a test keeps it in step with the catalogue.
`,
    happened: 'What happened',
    remedy: 'What to do',
    retryable: 'Retryable',
    yes: 'yes: the same can succeed later without anybody changing anything',
    no: 'no: somebody has to act first',
  },
  ru: {
    head: `# Ошибки

[In English](errors.md)

У каждой ошибки есть код \`TB_AREA_NAME\`, текст о том, что случилось, и текст о том, что делать. Командная строка печатает оба; API отвечает
\`{"error": {"code", "message", "retryable", "details"}}\`. Слова в фигурных скобках стоят вместо того, что меняется. Номера карт, коды и телефоны
в ошибках никогда не видны целиком.

Эту страницу пишет \`node scripts/errors-page.mjs\`; тест следит, чтобы она не отставала от каталога.
`,
    happened: 'Что случилось',
    remedy: 'Что делать',
    retryable: 'Пройдёт ли само',
    yes: 'да: то же самое может получиться позже, если никто ничего не меняет',
    no: 'нет: сначала кто-то должен вмешаться',
  },
};

const areaOf = (code) => code.split('_')[1];
const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1) + '.';
// outside of code spans, braces and angle brackets would be read as a site generator's own syntax; doubled braces stand for braces
const safe = (text) =>
  text
    .split(/(`[^`]*`)/)
    .map((part, i) =>
      i % 2 === 1
        ? part.replace(/\{\{|\}\}/g, (braces) => braces.charAt(0))
        : part.replace(/\{\{(.*?)\}\}|\{(\w+)\}/g, (_, literal, name) => `\`{${literal ?? name}}\``).replace(/</g, '&lt;'),
    )
    .join('');

function section(code, entry, lang) {
  const words = WORDS[lang];
  return [
    `### ${code}`,
    '',
    `- **${words.happened}:** ${safe(sentence(entry[lang].message))}`,
    `- **${words.remedy}:** ${safe(sentence(entry[lang].remedy))}`,
    `- **${words.retryable}:** ${entry.retryable ? words.yes : words.no}`,
    '',
  ].join('\n');
}

/** The whole page for a catalogue (code -> entry), in a language. */
export function errorsPage(catalogue, lang) {
  const codes = Object.keys(catalogue).sort();
  const areas = Object.entries(AREAS).map(([area, title]) => {
    const own = codes.filter((code) => areaOf(code) === area);
    return [`## ${title[lang]} (${area})`, '', ...own.map((code) => section(code, catalogue[code], lang))].join('\n');
  });
  return [WORDS[lang].head, ...areas].join('\n').trimEnd() + '\n';
}

export const errorsPageFiles = { en: join(root, 'docs/errors.md'), ru: join(root, 'docs/errors.ru.md') };

async function main() {
  const { CATALOGUE } = await import(pathToFileURL(join(root, 'packages/core/dist/index.js')).href);
  mkdirSync(join(root, 'docs'), { recursive: true });
  for (const [lang, file] of Object.entries(errorsPageFiles)) {
    const page = errorsPage(CATALOGUE, lang);
    if (!process.argv.includes('--check')) writeFileSync(file, page);
    else if (!existsSync(file) || readFileSync(file, 'utf8') !== page) {
      console.error(`${file} is out of step with the catalogue: run node scripts/errors-page.mjs`);
      process.exitCode = 1;
    }
  }
  if (!process.argv.includes('--check')) console.log(`wrote docs/errors.md and docs/errors.ru.md: ${Object.keys(CATALOGUE).length} errors`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
