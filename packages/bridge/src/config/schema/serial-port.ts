import { z } from 'zod';

/** Settings of a serial port, as its device's manual names them. */
export const portSettings = {
  baudRate: z.int().min(50).max(4_000_000).default(9600).describe('Bits per second (50 to 4000000). USB serial ports ignore it.'),
  dataBits: z.literal([5, 6, 7, 8]).default(8).describe('Data bits: 5, 6, 7 or 8.'),
  parity: z.enum(['none', 'even', 'odd', 'mark', 'space']).default('none').describe('Parity bit.'),
  stopBits: z.literal([1, 1.5, 2]).default(1).describe('Stop bits: 1, 1.5 or 2.'),
  rtscts: z.boolean().default(false).describe('Hardware flow control by RTS and CTS.'),
};
