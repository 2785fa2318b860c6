import { isDelivered, OUTCOMES, type OutcomeName } from '@tillbridge/core';
import { ExitError, type Cli } from '../cli.js';
import { isRecord, text } from '../format.js';
import type { ScanOptions } from '../register.js';

/** The longest life of a number (`expireMs` of at most 10 minutes) and the till's answer to its withdrawal. */
const WAIT_MS = 620_000;

/** Feeds a scan to the daemon; with `--wait` the exit code says whether the till has the number. */
export async function scan(cli: Cli, code: string, options: ScanOptions): Promise<void> {
  const body = {
    ...(options.hex === true ? { hex: code } : { code }),
    ...(options.reader === undefined ? {} : { reader: options.reader }),
    ...(options.kind === undefined ? {} : { kind: options.kind }),
    ...(options.symbology === undefined ? {} : { symbology: options.symbology }),
  };
  const wait = options.wait === true;
  const answer = await cli.call('POST', wait ? '/v1/scans?wait=1' : '/v1/scans', body, wait ? WAIT_MS : undefined);
  cli.result(answer.body, () => (isRecord(answer.body) ? scanText(answer.body) : ''));
  if (wait && isRecord(answer.body) && !arrived(answer.body)) throw new ExitError(1);
}

function arrived(body: Record<string, unknown>): boolean {
  return body['kind'] === 'goods' ? body['handled'] === true : delivered(body['outcome']);
}

function delivered(outcome: unknown): boolean {
  return (OUTCOMES as readonly unknown[]).includes(outcome) && isDelivered(outcome as OutcomeName);
}

function scanText(body: Record<string, unknown>): string {
  return ['scanId', 'kind', 'outcome', 'reason', 'evidence']
    .filter((name) => body[name] !== undefined)
    .map((name) => text(body[name]))
    .concat(body['duplicate'] === true ? ['duplicate'] : [])
    .concat(body['kind'] === 'goods' ? [body['handled'] === true ? 'handed to the till' : 'no till takes it'] : [])
    .join('  ');
}
