import { z } from 'zod';
import { filePath, msOrOff, says } from './common.js';
import { output } from './till-output.js';
import { delivery, tillId } from './till-common.js';

const keyboardAdapter = z.literal('keyboard').describe('Numbers are typed into the cashier program\'s window, as a scanner in keyboard mode would.');

const words = z.string().min(1).max(256);

/** Which window a number may go into. */
const guard = z
  .strictObject({
    title: words.refine(isTitle, says('badTitle')).exactOptional().describe('Part of the window\'s title, in any case; between slashes a regular expression.'),
    class: words.exactOptional().describe('Class of the window: either word of WM_CLASS on X11 (`xprop WM_CLASS` shows it), the window class on Windows.'),
    process: words.exactOptional().describe('The program\'s file, with or without .exe.'),
  })
  .refine(({ title, class: className, process }) => title !== undefined || className !== undefined || process !== undefined, says('emptyWindow'));

function isTitle(title: string): boolean {
  const pattern = /^\/(.+)\/$/s.exec(title)?.[1];
  if (pattern === undefined) return true;
  try {
    return new RegExp(pattern, 'iu').source !== '';
  } catch {
    return false;
  }
}

const KEYS = ['Enter', 'Tab', 'Escape', 'Backspace', 'F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'F10', 'F11', 'F12'] as const;
const CONTROLS = ['STX', 'ETX', 'EOT', 'FS', 'GS', 'RS', 'US'] as const;

/** How it is typed, whatever the transport. Without defaults: a profile may say otherwise. */
const typing = {
  profile: z.string().min(1).max(64).exactOptional().describe('What is known of a cashier program: its window, how it reads keys, what goes around a number. Keys that stand here win. Names: generic, 1c, 1c-thick, iiko-front, rkeeper-7, rkeeper-6, frontol, set-retail, artix (docs/keyboard.md).'),
  keyDelayMs: msOrOff(1000).exactOptional().describe('Pause between two characters, in ms (0 to 1000; default 0: all at once, which nothing can come between on X11).'),
  keysBefore: z.array(z.enum(KEYS)).max(8).exactOptional().describe('Keys in front of a number, such as the one that opens the card\'s form: F1 to F12, Enter, Tab, Escape, Backspace.'),
  controls: z
    .array(z.enum(CONTROLS))
    .max(CONTROLS.length)
    .exactOptional()
    .describe('Control characters that the program can take from a keyboard: GS, RS, ... Default none: goods that hold another one are refused whole and counted.'),
  alphabet: z.enum(['digits', 'latin', 'any']).exactOptional().describe('What the numbers consist of; doctor holds it against the keyboard layouts. Default digits.'),
  markedGoods: z
    .boolean()
    .exactOptional()
    .describe('Whether products with marking codes are sold here (default true): doctor then fails a route that would lose their GS characters.'),
};

const agent = z
  .union([z.boolean(), z.literal('auto')])
  .exactOptional()
  .describe('Whether the agent in the cashier\'s session types (true), this process (false), or the agent where there is one (auto, the default).');

/** A screen of X11. */
export const xtestPlace = {
  adapter: keyboardAdapter,
  transport: z.literal('xtest').describe('Types on an X11 screen (Linux), into the configured window only, at once.'),
  window: z.union([guard, z.literal('none')]).exactOptional().describe('The only window that numbers may go into; `none`: whatever has the focus. Needed unless the profile names one.'),
  display: z.string().regex(/^(?:unix)?:\d{1,5}(?:\.\d+)?$/, says('badDisplay')).exactOptional().describe('The screen, such as :0; default $DISPLAY.'),
  xauthority: filePath.exactOptional().describe('File that lets us in to the screen; default $XAUTHORITY, then ~/.Xauthority.'),
  agent,
  ...typing,
};

/** Windows. */
export const sendinputPlace = {
  adapter: keyboardAdapter,
  transport: z.literal('sendinput').describe('Types on Windows with SendInput; looks at the window before and after.'),
  window: z.union([guard, z.literal('none')]).exactOptional().describe('The only window that numbers may go into; `none`: whatever has the focus. Needed unless the profile names one.'),
  mode: z.enum(['unicode', 'vk']).exactOptional().describe('unicode (default): characters whatever the layout; vk: key codes, for programs that read keys and not characters.'),
  agent,
  ...typing,
};

/** Linux consoles and Wayland. */
export const uinputPlace = {
  adapter: keyboardAdapter,
  transport: z.literal('uinput').describe('Types on a virtual keyboard of the Linux kernel: text consoles, Wayland, anything. Digits only, and no window can be required.'),
  window: z.literal('none').describe('Must be `none`: says that you know that a number goes into whatever has the focus.'),
  device: filePath.default('/dev/uinput').describe('The kernel\'s device.'),
  letters: z
    .boolean()
    .default(false)
    .describe('Types letters and punctuation too, by their keys on a US keyboard: the active layout of the system turns them into something else where it is another one.'),
  ...typing,
};

const backlog = {
  gapMs: msOrOff(5000).default(0).describe('Silence between a loyalty number and its neighbours, in ms (0 to 5000).'),
  backlogMs: msOrOff(60_000).exactOptional().describe('How long goods wait for a keyboard that is not there before they are dropped and counted, in ms (0 to 60000, default 2000).'),
};

export const xtestTill = z.strictObject({ id: tillId, ...xtestPlace, ...output, ...backlog, ...delivery(5000) });
export const sendinputTill = z.strictObject({ id: tillId, ...sendinputPlace, ...output, ...backlog, ...delivery(5000) });
export const uinputTill = z.strictObject({ id: tillId, ...uinputPlace, ...output, ...backlog, ...delivery(5000) });
