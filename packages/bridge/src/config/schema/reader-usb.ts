import { GS_KEYS, HOOK_PREFIXES, LAYOUT_NAMES } from '@tillbridge/readers/option-names';
import { z } from 'zod';
import { filePath } from './common.js';
import { common, readerId, usbMatch } from './reader-common.js';

const offset = (what: string) => z.int().min(0).max(511).describe(`Offset of ${what}, in bytes (0 to 511).`);

const ownLayout = z
  .strictObject({
    reportId: z.int().min(0).max(255).exactOptional().describe('Only reports with this first byte (0 to 255); default any.'),
    length: offset('the byte that holds the number of data bytes').exactOptional(),
    data: z
      .strictObject({ offset: offset('the first data byte'), count: z.int().min(1).max(512).describe('Data bytes in one report (1 to 512).') })
      .describe('Where the data stands in a report.'),
    aim: offset('the three characters of the AIM id').exactOptional(),
    symbology: offset("the vendor's symbology number").exactOptional(),
    more: z
      .strictObject({ offset: offset('the byte with the bit that says that the read goes on in the next report'), bit: z.int().min(0).max(7).describe('Number of that bit (0 to 7).') })
      .exactOptional()
      .describe('How a report says that the read goes on in the next one.'),
  });

export const hidReader = z.strictObject({
  id: readerId,
  type: z.literal('hid').describe('A USB scanner in HID POS mode.'),
  path: filePath.exactOptional().describe('The device: /dev/hidraw0. Exactly one of path, match, auto.'),
  match: usbMatch.exactOptional().describe('Finds the scanner by its USB identity.'),
  auto: z.boolean().exactOptional().describe('`true`: the one known HID POS scanner that is plugged in.'),
  layout: z
    .union([z.enum(['auto', ...LAYOUT_NAMES]), ownLayout])
    .default('auto')
    .describe('How its reports are laid out. `auto`: by report descriptor, profile, or the look of the first report. Offsets count the report id.'),
  redirect: z
    .enum(['auto', 'off'])
    .default('auto')
    .describe('`auto`: a composite scanner that would type is told to report here instead, where its profile knows how. `off`: never.'),
  flushMs: z.int().min(50).max(5000).default(250).describe('After this silence a read counts as whole even if more was announced, in ms (50 to 5000).'),
  ...common,
});

const keyboardSuffix = z.enum(['CR', 'LF', 'CRLF', 'TAB', 'ETX']);

export const keyboardReader = z.strictObject({
  id: readerId,
  type: z.literal('keyboard').describe('A USB scanner in keyboard mode: its keys are taken away from the rest of the system. Linux; Windows with a prefix key.'),
  path: filePath.exactOptional().describe('The device: /dev/input/event5 or a name under /dev/input/by-id. Exactly one of path, match, auto.'),
  match: usbMatch.exactOptional().describe('Finds the scanner by its USB identity.'),
  auto: z.boolean().exactOptional().describe('`true`: the one known scanner in keyboard mode that is plugged in.'),
  suffix: z
    .union([z.array(keyboardSuffix).max(5), z.enum(['none']).transform((): z.output<typeof keyboardSuffix>[] => [])])
    .default(['CR', 'LF', 'TAB', 'ETX'])
    .describe('Keys that may end a read: Enter is CR, Ctrl+J is LF. A scanner that types both has CRLF here and no CR. `none`: only a pause does.'),
  gapMs: z
    .union([z.enum(['auto']), z.int().min(5).max(2000)])
    .default('auto')
    .describe('A pause of this length ends a read, in ms (5 to 2000). `auto`: adapts to how fast the scanner types.'),
  access: z
    .enum(['auto', 'evdev', 'usb'])
    .default('auto')
    .describe('How its keys are taken: evdev with an exclusive grab, or usb where evdev is not there.'),
  prefix: z
    .enum(HOOK_PREFIXES)
    .default('F13')
    .describe('Windows: the key that the scanner types before each read, which no hand does: F13 to F24, or STX (Ctrl+B). `none`: told by pace alone, which delays what is typed by hand.'),
  keepPrefix: z.boolean().default(false).describe('Windows: `true` types goods again with the prefix in front, for a cashier program that wants it.'),
  agent: z.union([z.boolean(), z.literal('auto')]).default('auto').describe("Windows: whether the agent in the cashier's session reads the keys. `auto`: where the daemon runs as a service."),
  gs: z.array(z.enum(GS_KEYS)).max(3).default([...GS_KEYS]).describe('Keys that stand for the separator GS (0x1D) in marking codes: ctrl (Ctrl+]), f8, alt (Alt+029).'),
  ...common,
});
