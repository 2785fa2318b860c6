// Writes firmware-docs/profiles.md from the device profiles of the built readers package; with --check only compares and exits 1 when it is
// out of step. How scanners are set up: scripts/set-up-sheets.mjs.
//   node scripts/build.mjs --quiet readers && node scripts/profiles-page.mjs [--check]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './packages.mjs';

export const profilesPageFile = join(root, 'firmware-docs', 'profiles.md');

const MODES = { hidPos: 'HID POS', keyboard: 'keyboard', serial: 'serial (USB-COM)', vendor: "maker's own", oem: 'OEM (IBM)' };
const BASES = {
  document: "its maker's document",
  publicSource: 'a public source, no document of its maker',
  inferred: 'a guess: nothing says so',
  learned: 'learned from the device',
};
const TRIALS = {
  unit: 'unit tests',
  uhid: 'kernel, uhid',
  usbip: 'kernel, USB/IP',
  gadget: 'kernel, gadget',
  umockdev: 'recorded (umockdev)',
  pty: 'pty',
  device: 'a real device',
};
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const code = (text) => `\`${text}\``;

/** What Tillbridge does with a device in this mode. */
function use({ mode, layout, redirect, feedback }) {
  if (mode === 'oem' || (mode === 'vendor' && layout === undefined)) return 'told how to switch';
  const reader = mode === 'serial' || mode === 'keyboard' ? mode : 'hid';
  const extras = [
    ...(layout === undefined ? [] : [`layout ${typeof layout === 'string' ? layout : 'of its own'}`]),
    ...(redirect === undefined ? [] : [mode === 'keyboard' ? 'or `type: hid`, redirected' : 'redirected']),
    ...(feedback === undefined ? [] : ['beeps']),
  ];
  return [`\`type: ${reader}\``, ...extras].join(', ');
}

function trials({ tested }) {
  const benches = tested.filter((trial) => trial !== 'unit');
  return benches.length === 0 ? '**documents only**' : benches.map((trial) => TRIALS[trial]).join('; ');
}

/** The table of everything that is known about scanners, and how far it was tried. */
export function profilesPage(profiles) {
  const rows = profiles.map(
    (profile) =>
      `| ${code(profile.id)} | ${cell(profile.name)} | ${code(profile.vid)} | ${profile.pid.map(code).join(' ')} | ${MODES[profile.mode]} | ${use(profile)} | ${trials(profile)} | ${BASES[profile.basis]} | ${cell(profile.source)} |`,
  );
  return `${[
    '# Known scanners',
    '',
    'One row a profile: a family of scanners in one of its modes. `?` in a product id stands for any digit, `[357]` for one of these.',
    '',
    '**No scanner of these makes was in our hands.** "Tried on" says where a device with these ids, played by a program as its documents describe it,',
    'went through the built readers: on a real kernel (`test/usb-bench`: `uhid` from the HID parser up, `USB/IP` from USB enumeration up) or from a',
    'recording of that (`test/umockdev`). "Documents only" means that nothing but the unit tests of the data has seen it. "Known from" says how good the source is:',
    "beeps are sent only where a maker's document names them, the redirection also where a public program uses it.",
    '',
    '| profile | make | vendor id | product ids | mode | read by | tried on | known from | source |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows,
    '',
    'Devices with the vendor id of a general chip (WCH 1a86, GigaDevice 28e9, STMicroelectronics 0483, Nuvoton 0416, Cypress 04b4, FTDI 0403, Silicon Labs 10c4,',
    'Prolific 067b) are never taken for scanners by themselves: name them by `match` or `path`, or give them a profile of your own.',
    '',
    'This page is written by `node scripts/profiles-page.mjs` from `packages/readers/src/profiles/data`; a test keeps it in step.',
  ].join('\n')}\n`;
}

async function main() {
  const { builtInProfiles } = await import(pathToFileURL(join(root, 'packages/readers/dist/index.js')).href);
  const page = profilesPage(builtInProfiles());
  if (!process.argv.includes('--check')) writeFileSync(profilesPageFile, page);
  else if (!existsSync(profilesPageFile) || readFileSync(profilesPageFile, 'utf8') !== page) {
    console.error(`${profilesPageFile} is out of step with the profiles: run node scripts/profiles-page.mjs`);
    process.exitCode = 1;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
