import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { builtInProfiles } from '@tillbridge/readers';
import { SaxesParser } from 'saxes';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { beforeAll, describe, expect, it } from 'vitest';
import { sheetFiles } from '../../scripts/set-up-sheets.mjs';
import { codesFolder, codeOf, pictureOf, readSheets } from '../../scripts/sheets/data.mjs';
import { knownByIds, wordsOfProfiles } from '../../scripts/sheets/page.mjs';

const profiles = builtInProfiles();
const sheets = readSheets();
const all = sheets.flatMap((sheet) => sheet.codes.map((code) => [pictureOf(sheet, code), code]));
const folder = new URL('../../firmware-docs/', import.meta.url);
const committed = (name) => readFileSync(new URL(name, folder), 'utf8');

/** The picture as a screen shows it, one pixel a unit of the drawing: upright strokes on white, and nothing else may be in it. */
function pixels(svg) {
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg).map(Number);
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (const [, stroke, path] of svg.matchAll(/<path stroke="#000000" stroke-width="(\d+)" d="([^"]+)"/g)) {
    for (const [, x, bottom, , top] of path.matchAll(/M(\d+) (\d+)L(\d+) (\d+)/g)) {
      for (let y = Number(top); y < Number(bottom); y += 1) {
        for (let column = Number(x) - stroke / 2; column < Number(x) + stroke / 2; column += 1) data.fill(0, (y * width + column) * 4, (y * width + column) * 4 + 3);
      }
    }
  }
  return { width, height, data, colorSpace: 'srgb' };
}

describe('set-up sheets', () => {
  it('are in step with the data and the profiles: run node scripts/set-up-sheets.mjs', () => {
    for (const [name, text] of sheetFiles(profiles)) expect(committed(name), name).toBe(text);
  });

  it.each(['set-up-sheets.print.xhtml', 'set-up-sheets.print.ru.xhtml'])('%s is well formed, has every picture, and loads nothing', (name) => {
    const text = committed(name);
    const seen = [];
    const parser = new SaxesParser({ xmlns: true });
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('opentag', ({ local }) => seen.push(local));
    parser.write(text).close();
    expect(seen.filter((tag) => tag === 'svg').length).toBe(sheets.flatMap(({ ways }) => ways.flatMap(({ scan }) => scan)).length);
    expect(text).not.toMatch(/\b(?:src|href)=|url\(/);
  });

  it('hold no picture that no code has', () => {
    const pictures = readdirSync(codesFolder).filter((name) => name.endsWith('.svg'));
    expect(pictures.map((name) => `set-up-codes/${name}`).sort()).toEqual(all.map(([name]) => name).sort());
  });

  it.each(sheets.map((sheet) => [sheet.make, sheet]))('%s: every code is used, has a source, and says how it is known', (_, sheet) => {
    for (const code of sheet.codes) {
      expect(['printed', 'assembled']).toContain(code.basis);
      expect(code.source.length).toBeGreaterThan(20);
      expect(sheet.ways.some(({ scan }) => scan.includes(code.id))).toBe(true);
    }
    for (const { scan } of sheet.ways) for (const id of scan) expect(codeOf(sheet, id)).toBeDefined();
    // whoever switches a scanner must be able to switch it back, with a code that its maker printed
    const back = sheet.ways.find(({ to }) => to === 'keyboard');
    for (const id of back.scan) expect(codeOf(sheet, id).basis).toBe('printed');
  });

  it('name every way out that `devices` names, in both languages', () => {
    const english = committed('set-up-sheets.md');
    const russian = committed('set-up-sheets.ru.md');
    for (const ways of wordsOfProfiles(profiles).values()) for (const { en, ru } of ways) expect([english.includes(en), russian.includes(ru)]).toEqual([true, true]);
  });

  it('have an entry for every serial scanner of the profiles, also where only its ids are known', () => {
    const makes = new Set(profiles.filter(({ mode }) => mode === 'serial').map(({ name }) => name));
    expect(knownByIds(profiles).map(([make]) => make)).toEqual(expect.arrayContaining(['Atol SB2108 Plus', 'Mertech', 'Mindeo MD6600-HD', 'VMC BurstScan']));
    for (const name of ['set-up-sheets.md', 'set-up-sheets.ru.md']) for (const make of makes) expect(committed(name), `${name}: ${make}`).toMatch(new RegExp(`^###? ${make.replaceAll(/[()]/g, String.raw`\$&`)}$`, 'm'));
  });
});

describe('the pictures of configuration codes, read back', () => {
  beforeAll(async () => {
    const wasmBinary = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
    await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasmBinary).buffer }, fireImmediately: true });
  });

  it.each(all)('%s says what the data say', async (name, { text, fnc3 }) => {
    const found = await readBarcodes(pixels(committed(name)), { formats: ['Code128'], textMode: 'Plain' });
    expect(found.map((code) => ({ text: code.text, fnc3: code.readerInit, format: code.format }))).toEqual([{ text, fnc3, format: 'Code128' }]);
  });
});
