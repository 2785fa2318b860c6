import { z } from 'zod';
import { isLoopback } from '../host-port.js';
import { isOrigin } from '../origin.js';
import { filePath, says } from './common.js';

const apiOptions = z.strictObject({
  host: z.string().refine(isLoopback, says('notLoopback')).default('127.0.0.1').describe('Loopback address to listen on.'),
  port: z.int().min(0).max(65_535).default(7843).describe('Port; 0 is any free one.'),
  origins: z
    .array(z.string().refine(isOrigin, says('badOrigin')).meta({ pattern: '^https?://[^/ ]+$' }))
    .max(64)
    .default([])
    .describe('Web pages that may connect, by origin, such as https://till.example.'),
  console: z.boolean().default(true).describe('Serves the console page.'),
});

export const off = z.enum(['off', 'none']).transform((): 'off' => 'off');

export const api = z.union([apiOptions, off]).prefault({}).describe('Local API for cashier software; `off` switches it off. `tillbridge status` works all the same.');

export const receipts = z
  .strictObject({
    mode: z.enum(['off', 'report']).default('off').describe('off: nobody is told of receipts. report: the loyalty platform that knows the guest is told of each closed sale.'),
    iKnowTheTillDoesNotReport: z.boolean().default(false).describe('true: reports the receipts of tills too that report to a loyalty system themselves. Where they do, guests are credited twice.'),
  })
  .prefault({})
  .describe('Reporting of closed sales to the loyalty platform.');

export const journal = z
  .strictObject({ keepDays: z.int().min(1).max(3650).default(90).describe('Days that a journal entry is kept (1 to 3650).') })
  .prefault({})
  .describe('The record of what happened to each loyalty scan.');

export const log = z
  .strictObject({
    level: z.enum(['debug', 'info', 'warn', 'error']).default('info').describe('Least level that is logged.'),
    file: z
      .union([filePath, z.null()])
      .transform((path) => (path === 'off' || path === 'none' ? null : path))
      .default(null)
      .describe('File to log to; null: to stderr.'),
  })
  .prefault({})
  .describe('Logging, as JSON lines.');
