import { z } from 'zod';
import { filePath, msOrOff, says } from './common.js';
import { portSettings } from './serial-port.js';
import { delivery, tillId } from './till-common.js';
import { sendinputPlace, uinputPlace, xtestPlace } from './till-keyboard.js';
import { output } from './till-output.js';

const virtualComAdapter = z.literal('virtual-com').describe('The cashier program reads us as a scanner on a serial port.');

/** How numbers and goods are written, whatever the transport. */
export const writing = {
  ...output,
  gapMs: msOrOff(5000).default(0).describe('Silence between a loyalty number and its neighbours, in ms (0 to 5000; 1C needs 100).'),
  backlogMs: msOrOff(60_000)
    .default(2000)
    .describe('How long goods wait for a closed port before they are dropped and counted, in ms (0 to 60000).'),
};

/** A port that we make. */
export const ptyPlace = {
  adapter: virtualComAdapter,
  transport: z.literal('pty').describe('A pseudo-terminal made by the bridge (Linux).'),
  link: filePath.describe('The name under which the cashier program opens the port, such as /run/tillbridge/front.'),
  mode: z.string().regex(/^0?[0-7]{3}$/, says('badMode')).exactOptional().describe('Permissions of the port, octal and in quotes. Default "0600", with a group "0660".'),
  group: z.union([z.string().min(1).max(64), z.int().min(0).max(4_294_967_294)]).exactOptional().describe('Group that may open the port, by name or number.'),
};

/** A port that exists. */
export const portPlace = {
  adapter: virtualComAdapter,
  transport: z.literal('port').describe('An existing serial port: a virtual pair on Windows, a hardware pair.'),
  path: filePath.describe('Our end of the pair: COM5, /dev/ttyS1.'),
  ...portSettings,
  requirePeer: z
    .enum(['dsr', 'cts', 'none'])
    .default('none')
    .describe('Line that shows that the cashier program has its end open: dsr, cts or none (not checked).'),
};

export const ptyTill = z.strictObject({ id: tillId, ...ptyPlace, ...writing, ...delivery(5000) });

export const portTill = z.strictObject({ id: tillId, ...portPlace, ...writing, ...delivery(5000) });

/** A till that another adapter writes to as a reader. */
export const nestedDevice = z
  .discriminatedUnion('transport', [z.strictObject(ptyPlace), z.strictObject(portPlace), z.strictObject(sendinputPlace), z.strictObject(xtestPlace), z.strictObject(uinputPlace)])
  .describe('The reader that we play, as a virtual-com or keyboard till without `id`.');
