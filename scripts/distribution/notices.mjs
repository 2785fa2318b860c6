// The licences of everything that is in a distribution, in one file.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Licences that a product of ours may be handed on with. */
const ALLOWED = /^(?:MIT|ISC|BSD-2-Clause|BSD-3-Clause|0BSD|Apache-2\.0|MPL-2\.0|BlueOak-1\.0\.0|Python-2\.0|CC0-1\.0|Unlicense)$/;

const licenceOf = (manifest) => manifest.license ?? (manifest.licenses ?? []).map(({ type }) => type).join(' OR ');

function text(folder) {
  const file = readdirSync(folder).filter((name) => /^(?:licen[cs]e|copying)/i.test(name)).sort()[0];
  return file === undefined ? undefined : readFileSync(join(folder, file), 'utf8').replace(/\r\n/g, '\n').trim();
}

/** `licence`: the file with the one of the Node.js that goes along, where one does. @throws Error for a package whose licence we do not know or may not hand on */
export function notices({ folders, licence: runtimeLicence }) {
  const known = new Map();
  for (const folder of folders) {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (manifest.name?.startsWith('@tillbridge/') || manifest.name === 'tillbridge') continue;
    const licence = licenceOf(manifest);
    if (!licence.replace(/[()]/g, '').split(/ (?:OR|AND) /).some((one) => ALLOWED.test(one))) throw new Error(`${manifest.name}: its licence "${licence}" is not one that we may hand on`);
    known.set(`${manifest.name} ${manifest.version}`, `${licence}\n\n${text(folder) ?? `(its package carries no licence text; ${manifest.homepage ?? manifest.name})`}`);
  }
  const sections = [...known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, body]) => `${'='.repeat(80)}\n${name}\n${body}\n`);
  const node = runtimeLicence === undefined ? '' : `\n${'='.repeat(80)}\nNode.js\n\n${readFileSync(runtimeLicence, 'utf8').replace(/\r\n/g, '\n').trim()}\n`;
  return `Tillbridge is under the MIT licence (file LICENSE). It comes with these works of others.\n\n${sections.join('\n')}${node}`;
}
