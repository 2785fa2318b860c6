import { existsSync } from 'node:fs';
import { systemClock, TillbridgeError, type ProbeRow } from '@tillbridge/core';
import { lockHolder, openStateFolder, OutboxReader, ReceiptOutbox, stateFolderAt } from '@tillbridge/store';
import { dropDead, retryDead } from '../../receipts/receipt-service.js';
import { standingView, type StandingView } from '../../receipts/receipts-view.js';
import type { Cli } from '../cli.js';
import { isRecord, table } from '../format.js';
import type { ReceiptsOptions } from '../register-receipts.js';

/** With and without a running daemon: only ids, times and words, so that it can be shown to anybody. */
export function list(cli: Cli, { only: state, limit = 100 }: ReceiptsOptions): void {
  const rows = withReader(cli, (reader) => reader.list({ limit, ...(state === undefined ? {} : { state }) }).map(standingView));
  cli.result({ receipts: rows }, () => (rows.length === 0 ? cli.say({ en: 'no receipts', ru: 'чеков нет' }) : table(rows.map(line))));
}

function line({ receiptId, till, state, platform, closedAt, attempts, reason, nextAt }: StandingView): readonly string[] {
  return [closedAt, receiptId, till, state, platform ?? '-', String(attempts), [reason ?? '', nextAt === null || attempts === 0 ? '' : `-> ${nextAt}`].filter((word) => word !== '').join(' ')];
}

export async function retry(cli: Cli, ids: readonly string[], { all = false }: { readonly all?: boolean }): Promise<void> {
  if (all === ids.length > 0) throw new TillbridgeError('TB_CONFIG_USAGE', { problem: cli.say({ en: 'name receipts, or --all', ru: 'назовите чеки или укажите --all' }) });
  const receiptIds = all ? 'all' : ids;
  const retried = isRunning(cli) ? await call(cli, '/v1/receipts/retry', { receiptIds }, 'retried') : await withOutbox(cli, (outbox, reader) => retryDead(outbox, reader, receiptIds, systemClock.wall()));
  cli.result({ retried }, () => cli.say({ en: `${String(retried)} will be tried again`, ru: `будет отправлено снова: ${String(retried)}` }));
}

export async function drop(cli: Cli, receiptId: string): Promise<void> {
  if (isRunning(cli)) await call(cli, '/v1/receipts/drop', { receiptId }, 'dropped');
  else await withOutbox(cli, (outbox) => dropDead(outbox, receiptId, systemClock.wall()));
  cli.result({ dropped: true }, () => cli.say({ en: 'dropped', ru: 'снят' }));
}

/** Rows of `doctor` where no daemon runs that would say it. */
export function receiptRows(cli: Cli): ProbeRow[] {
  const { states } = withReader(cli, (reader) => reader.counts());
  const { dead = 0, waiting = 0 } = states;
  if (dead === 0) return waiting === 0 ? [] : [{ level: 'ok', id: 'receipts', text: cli.say({ en: `${String(waiting)} wait for the daemon`, ru: `ждут запуска демона: ${String(waiting)}` }) }];
  const error = new TillbridgeError('TB_JOURNAL_RECEIPTS_DEAD', { count: dead });
  return [{ level: 'warn', id: 'receipts', text: error.text(cli.lang), remedy: error.remedy(cli.lang) }];
}

async function call(cli: Cli, path: string, body: unknown, key: string): Promise<unknown> {
  const answer = await cli.call('POST', path, body);
  return isRecord(answer.body) ? answer.body[key] : undefined;
}

function isRunning(cli: Cli): boolean {
  const folder = stateFolderAt(cli.statePath);
  return existsSync(folder.path) && lockHolder(folder) !== undefined;
}

function withReader<T>(cli: Cli, work: (reader: OutboxReader) => T): T {
  const reader = new OutboxReader(stateFolderAt(cli.statePath));
  try {
    return work(reader);
  } finally {
    reader.close();
  }
}

async function withOutbox<T>(cli: Cli, work: (outbox: ReceiptOutbox, reader: OutboxReader) => Promise<T>): Promise<T> {
  const folder = openStateFolder(cli.statePath);
  const outbox = new ReceiptOutbox({ folder, clock: systemClock });
  const reader = new OutboxReader(folder);
  try {
    return await work(outbox, reader);
  } finally {
    reader.close();
    await outbox.close();
  }
}
