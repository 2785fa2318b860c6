import type { Log, Pipeline } from '@tillbridge/core';

/**
 * Each step of a loyalty scan with its id, at debug level: with the id in journal, events and errors one scan can be followed through everything.
 * Goods have no line: there are too many, and nobody asks for them.
 */
export function logScans(pipeline: Pipeline, log: Log): void {
  pipeline.on('scan', ({ scan, kind, rule, till }) => {
    if (kind !== 'goods') log.debug('a loyalty code was read', { scanId: scan.id, reader: scan.reader, till, kind, rule, symbology: scan.symbology });
  });
  pipeline.on('outcome', ({ scanId, reader, till, kind, outcome, reason, evidence, tookMs }) => {
    log.debug('a loyalty scan has ended', { scanId, reader, till, kind, outcome, reason, evidence, tookMs: Math.round(tookMs) });
  });
}
