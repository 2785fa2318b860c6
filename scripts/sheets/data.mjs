// The configuration codes of scanners that are public facts: firmware-docs/set-up-codes/*.json, one file a make.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../packages.mjs';

export const codesFolder = join(root, 'firmware-docs', 'set-up-codes');

/**
 * @typedef {{ en: string, ru: string }} Both
 * @typedef {{ id: string, label: string, fnc3: boolean, text: string, basis: 'printed' | 'assembled', source: string }} Code
 * @typedef {{ to: 'serial' | 'hidPos' | 'keyboard' | 'suffixCr', scan: string[], note?: Both }} Way
 * @typedef {{ make: string, models: Both, manual: Both, feedback: Both, codes: Code[], ways: Way[] }} Sheet
 */

/** @returns {Sheet[]} by make */
export function readSheets() {
  const files = readdirSync(codesFolder).filter((name) => name.endsWith('.json'));
  return files.map((name) => JSON.parse(readFileSync(join(codesFolder, name), 'utf8'))).sort((a, b) => (a.make < b.make ? -1 : 1));
}

/** Where the maker of a known serial scanner without a sheet has its codes, as far as that is public. @type {Record<string, Both>} */
export const PLACES = {
  Mertech: {
    en: 'on the pages of the model at help.mertech.ru ("barcode_scanners"), where the mode is called USB-COM',
    ru: 'на страницах модели на сайте help.mertech.ru («barcode_scanners»), режим там называется USB-COM',
  },
};

/** The picture of a code, below firmware-docs. */
export const pictureOf = ({ make }, { id }) => `set-up-codes/${make.toLowerCase()}-${id}.svg`;

export const codeOf = (sheet, id) => {
  const code = sheet.codes.find((one) => one.id === id);
  if (code === undefined) throw new Error(`${sheet.make} has no code ${id}`);
  return code;
};
