// Writes firmware-docs/profiles.md and firmware-docs/set-up-sheets.md from the device profiles of the built readers package; with --check only
// compares and exits 1 when one is out of step.
//   node scripts/build.mjs --quiet readers && node scripts/profiles-page.mjs [--check]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './packages.mjs';

export const profilesPageFile = join(root, 'firmware-docs', 'profiles.md');
export const sheetsPageFile = join(root, 'firmware-docs', 'set-up-sheets.md');

const MODES = { hidPos: 'HID POS', keyboard: 'keyboard', serial: 'serial (USB-COM)', vendor: "maker's own", oem: 'OEM (IBM)' };
const MODES_RU = { hidPos: 'HID POS', keyboard: 'клавиатура', serial: 'COM-порт (USB-COM)', vendor: 'режим производителя', oem: 'OEM (IBM)' };
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

/** How each make is brought into a mode that can be read well. */
export function sheetsPage(profiles) {
  const makes = new Map();
  for (const profile of profiles) for (const way of profile.switching) {
    const ways = makes.get(profile.name) ?? new Map();
    if (way.to === 'serial' || way.to === 'hidPos') ways.set(`${way.to} ${way.en}`, way);
    makes.set(profile.name, ways);
  }
  const sections = [...makes].filter(([, ways]) => ways.size > 0).map(([name, ways]) =>
    [
      `## ${name}`,
      '',
      ...[...ways.values()].map(({ to, en, ru, command }) => `- **${MODES[to]}** · ${MODES_RU[to]}${command === undefined ? '' : ` (\`${command}\`)`}\n  - ${en}\n  - ${ru}`),
      '',
    ].join('\n'),
  );
  return `${[
    '# Set-up sheets · Перевод сканера в нужный режим',
    '',
    'A scanner leaves the factory as a keyboard, nearly always. Serial mode (USB-COM) keeps every byte, marking codes with GS included, and nobody else hears it;',
    'HID POS is as good where the till does not need a port. `tillbridge devices` names the way for the scanner that is plugged in. The codes themselves are in the',
    "manual of each scanner: they belong to its maker, and the same name stands for another code in another manual, so they are not drawn here.",
    '',
    'Сканер почти всегда продаётся в режиме клавиатуры. В режиме COM-порта (USB-COM) доходит каждый байт, в том числе GS в кодах маркировки, и никто',
    'другой их не слышит; HID POS не хуже там, где кассе не нужен порт. Как переключить подключённый сканер, говорит `tillbridge devices`. Сами коды ищите в инструкции.',
    '',
    'After the switch the scanner has another product id and another device name: unplug it and plug it in again if it does not appear by itself.',
    'When all is set, switch off the reading of configuration codes in the scanner, where its manual knows how: a guest could show one.',
    '',
    ...sections,
    '## Any other',
    '',
    '- Look in the manual for "USB COM", "USB CDC", "Virtual COM", "USB serial" or "HID POS", "USB HID bar code scanner", and scan that code.',
    '- A scanner that knows only keyboard mode works on Linux with `type: keyboard`; see [keyboard-mode.md](keyboard-mode.md).',
    '- `tillbridge devices learn` finds out what an unknown scanner sends.',
    '',
    'This page is written by `node scripts/profiles-page.mjs`; a test keeps it in step.',
  ].join('\n')}\n`;
}

async function main() {
  const { builtInProfiles } = await import(pathToFileURL(join(root, 'packages/readers/dist/index.js')).href);
  const profiles = builtInProfiles();
  for (const [file, page] of [[profilesPageFile, profilesPage(profiles)], [sheetsPageFile, sheetsPage(profiles)]]) {
    if (!process.argv.includes('--check')) writeFileSync(file, page);
    else if (!existsSync(file) || readFileSync(file, 'utf8') !== page) {
      console.error(`${file} is out of step with the profiles: run node scripts/profiles-page.mjs`);
      process.exitCode = 1;
    }
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
