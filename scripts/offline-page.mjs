// Writes docs/guide/offline-matrix.md and its Russian twin from the built presets; with --check only compares and exits 1 when they are out of step.
//   node scripts/build.mjs --quiet && node scripts/offline-page.mjs [--check]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { OFFLINE_TEXTS } from './offline-page-texts.mjs';
import { root } from './packages.mjs';

export const LANGUAGES = ['en', 'ru'];
export const offlinePageFile = (language) => join(root, `docs/guide/offline-matrix${language === 'ru' ? '.ru' : ''}.md`);

/** A span as people say it: the largest unit that it is a whole number of. */
function span(ms, units) {
  const [factor, word] = units.find(([size]) => ms % size === 0 && ms >= size) ?? units.at(-1);
  return `${ms / factor} ${word}`;
}

/** What becomes of the codes of one kind while the platform cannot be asked. Several entries of a kind may differ. */
function offlineWords({ accept, cache }, kind, { words, units }) {
  const entries = accept.filter((entry) => entry.kind === kind);
  const said = entries.map(({ oneTime, answer }) => {
    if (answer !== undefined) return words.computed;
    if (oneTime) return words.oneTime;
    if (kind === 'coupon') return words.refused;
    if (kind === 'phone') return cache.phoneMs === 0 ? words.refused : words.phone(span(cache.phoneMs, units));
    return cache.staleMs === 0 ? words.refused : words.card(span(cache.foundMs, units), span(cache.staleMs, units));
  });
  return entries.length === 0 ? '-' : [...new Set(said)].join('; ');
}

/** Whether the platform is told that a sale comes late, and how. */
function lateWords(report, { words }) {
  if (report.lateSale !== undefined) return words.lateSteps;
  return JSON.stringify(report.sale).includes('"$flag":"late"') ? words.lateFlag : words.lateTime;
}

function receiptWords({ report }, texts) {
  const { words } = texts;
  if (report === undefined) return ['-', '-', '-'];
  const cancels = report.cancel !== undefined ? words.ownCall : report.return !== undefined ? words.asReturn : words.notKnown;
  return [`${words.queued}; ${lateWords(report, texts)}`, report.return === undefined ? words.notKnown : words.queued, cancels];
}

function row(preset, texts) {
  const kinds = ['card', 'phone', 'coupon'].map((kind) => offlineWords(preset, kind, texts));
  return `| \`${preset.id}\`${preset.enabled ? '' : ` (${texts.words.off})`} | ${[...kinds, ...receiptWords(preset, texts)].join(' | ')} |`;
}

/** @returns {string} the page */
export function offlinePage(presets, language) {
  const texts = OFFLINE_TEXTS[language];
  const { columns } = texts;
  const table = [`| ${columns.join(' | ')} |`, `|${'---|'.repeat(columns.length)}`, ...presets.map((preset) => row(preset, texts))];
  return [...texts.before, ...table, ...texts.after, ''].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { PRESET_IDS, presetOf, platformDefinition } = await import('../packages/translators/dist/presets.js');
  const presets = PRESET_IDS.map((id) => platformDefinition.parse(presetOf(id)));
  for (const language of LANGUAGES) {
    const [file, page] = [offlinePageFile(language), offlinePage(presets, language)];
    if (!process.argv.includes('--check')) writeFileSync(file, page);
    else if (!existsSync(file) || readFileSync(file, 'utf8') !== page) {
      console.error(`${file} is out of step with the presets: run node scripts/offline-page.mjs`);
      process.exitCode = 1;
    }
  }
}
