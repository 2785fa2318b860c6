// Writes the set-up sheets of scanners: the pictures of their configuration codes, the page of the book and the page to print, in English and
// Russian, from firmware-docs/set-up-codes/*.json and the device profiles; with --check only compares and exits 1 when something is out of step.
//   node scripts/build.mjs --quiet readers && node scripts/set-up-sheets.mjs [--check]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './packages.mjs';
import { pictureOf, readSheets } from './sheets/data.mjs';
import { sheetsPage } from './sheets/page.mjs';
import { printPage } from './sheets/print.mjs';
import { symbolSvg } from './sheets/symbol.mjs';
import { WORDS } from './sheets/words.mjs';

/** Everything that is written, by its path below firmware-docs. @returns {Map<string, string>} */
export function sheetFiles(profiles, sheets = readSheets()) {
  const files = new Map();
  for (const sheet of sheets) for (const code of sheet.codes) files.set(pictureOf(sheet, code), symbolSvg(code));
  for (const [language, { file, print }] of Object.entries(WORDS)) {
    files.set(file, sheetsPage(sheets, profiles, language));
    files.set(print, printPage(sheets, language));
  }
  return files;
}

async function main() {
  const { builtInProfiles } = await import(pathToFileURL(join(root, 'packages/readers/dist/index.js')).href);
  for (const [name, text] of sheetFiles(builtInProfiles())) {
    const file = join(root, 'firmware-docs', name);
    if (!process.argv.includes('--check')) writeFileSync(file, text);
    else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
      console.error(`${file} is out of step: run node scripts/set-up-sheets.mjs`);
      process.exitCode = 1;
    }
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
