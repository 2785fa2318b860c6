// Draws the packages and what imports what, from their package.json files, for CONTRIBUTING.md; with --check only compares and exits 1 when it is
// out of step.
//   node scripts/house-picture.mjs [--check]
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './packages.mjs';

export const housePictureFile = join(root, 'docs/pictures/house.svg');

const BOX = { width: 148, height: 46, gap: 12 };
const ROW = 84;
const WIDTH = 1000;
const TOP = 56;

const WORDS = {
  core: 'the domain, pure',
  'child-host': 'drivers in processes',
  readers: 'scanners, cards',
  translators: 'code to number',
  store: 'cards, journal',
  plugin: "others' parts",
  'phone-link': 'sealed, phone to till',
  testkit: 'simulators, suites',
  bridge: 'daemon, API, console',
  sdk: 'what tills import',
  'create-tillbridge-plugin': 'npm create',
};
const wordsOf = (name) => WORDS[name] ?? 'one kind of till';

/** Folder of each package with the folders of ours that it depends on. @returns {Map<string, string[]>} */
export function imports() {
  const manifests = new Map(readdirSync(join(root, 'packages')).sort().map((folder) => [folder, JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8'))]));
  const folderOf = new Map([...manifests].map(([folder, { name }]) => [name, folder]));
  return new Map([...manifests].map(([folder, { dependencies = {}, peerDependencies = {} }]) => [folder, Object.keys({ ...dependencies, ...peerDependencies }).flatMap((name) => folderOf.get(name) ?? [])]));
}

/** Top to bottom. What hosts drivers stands under those who use it; everything else that the bridge puts together stands in two rows, one for tills. */
function rowsOf(all) {
  const names = [...all.keys()].filter((name) => name !== 'create-tillbridge-plugin');
  const fixed = ['sdk', 'bridge', 'child-host', 'core'];
  // the one adapter that hosts drivers in the middle: its arrow falls between the boxes below
  const tills = names.filter((name) => name.startsWith('adapter-') && name !== 'adapter-device');
  const middle = Math.floor(tills.length / 2);
  const parts = names.filter((name) => !fixed.includes(name) && !name.startsWith('adapter-'));
  return [['sdk'], ['bridge'], [...tills.slice(0, middle), 'adapter-device', ...tills.slice(middle)], parts, ['child-host'], ['core']];
}

function box(name, x, y, tone) {
  const middle = x + BOX.width / 2;
  return `<rect class="${tone}" x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="8"/><text class="b" x="${middle}" y="${y + 20}" text-anchor="middle">${name}</text><text class="s" x="${middle}" y="${y + 37}" text-anchor="middle">${wordsOf(name).replace("'", '&#39;')}</text>`;
}

export function housePicture(all = imports()) {
  const rows = rowsOf(all);
  const names = rows.flat();
  const at = new Map();
  for (const [depth, row] of rows.entries()) {
    const width = row.length * (BOX.width + BOX.gap) - BOX.gap;
    row.forEach((name, i) => at.set(name, { x: (WIDTH - width) / 2 + i * (BOX.width + BOX.gap), y: TOP + depth * ROW }));
  }
  // everything imports core and the bridge imports nearly everything: arrows for these would be all that one sees
  const arrows = names.flatMap((name) => all.get(name).filter((other) => other !== 'core' && name !== 'bridge').map((other) => [name, other]));
  const lines = arrows.map(([from, to]) => {
    const a = at.get(from);
    const b = at.get(to);
    return `<line class="line" x1="${a.x + BOX.width / 2}" y1="${a.y + BOX.height}" x2="${b.x + BOX.width / 2}" y2="${b.y - 5}" marker-end="url(#head)"/>`;
  });
  const height = TOP + (rows.length - 1) * ROW + BOX.height + 20;
  const tone = (name) => (name === 'core' ? 'good' : ['bridge', 'sdk'].includes(name) ? 'ours' : 'plain');
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="The packages and what imports what">`,
    '<style>text{font:14px system-ui,"Segoe UI","DejaVu Sans",sans-serif;fill:#1f2328}.b{font-weight:600}.s{font-size:12px;fill:#57606a}.ground{fill:#fff;stroke:#d0d7de}.plain{fill:#f6f8fa;stroke:#8c959f}.ours{fill:#ddf4ff;stroke:#0969da}.good{fill:#dafbe1;stroke:#1a7f37}.line{stroke:#57606a;stroke-width:1.6}.head{fill:#57606a}</style>',
    '<defs><marker id="head" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="head" d="M0 0L8 4L0 8z"/></marker></defs>',
    `<rect class="ground" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="10"/>`,
    `<text class="s" x="20" y="30">Imports go down, never up. All of them import core; the bridge imports all that stands below it (testkit only for demo and sim).</text>`,
    ...lines,
    ...names.map((name) => box(name, at.get(name).x, at.get(name).y, tone(name))),
    '</svg>',
  ].join('\n')}\n`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const picture = housePicture();
  if (!process.argv.includes('--check')) {
    mkdirSync(dirname(housePictureFile), { recursive: true });
    writeFileSync(housePictureFile, picture);
  } else if (!existsSync(housePictureFile) || readFileSync(housePictureFile, 'utf8') !== picture) {
    console.error(`${housePictureFile} is out of step: run node scripts/house-picture.mjs`);
    process.exitCode = 1;
  }
}
