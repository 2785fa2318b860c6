import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { isoTime, parseIsoTime, TillbridgeError, type NumberKind } from '@tillbridge/core';
import { badLineText, importCards, openCards, openStateFolder, stateFolderAt, type CardEntry, type CardState, type CardTable } from '@tillbridge/store';
import { ExitError, type Cli } from '../cli.js';
import { createProgressBar } from '../progress.js';
import type { AddOptions, ImportOptions } from '../register-cards.js';

/** Imports in a child process; bad lines are named on stderr and skipped, with `--strict` they refuse the file. */
export async function importFile(cli: Cli, file: string, options: ImportOptions): Promise<void> {
  const database = openStateFolder(cli.statePath).file('cards.db');
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const bar = createProgressBar(process.stderr, cli.lang);
  try {
    const mode = options.replace === true ? 'replace' : 'upsert';
    const result = await importCards({ file, database, mode, strict: options.strict === true, onProgress: bar.update, signal: stop.signal });
    bar.end();
    for (const { line, reason } of result.badLines) {
      cli.err(cli.say({ en: `${file}:${line}: skipped: ${badLineText(reason, 'en')}`, ru: `${file}:${line}: пропущена: ${badLineText(reason, 'ru')}` }));
    }
    const unnamed = result.skipped - result.badLines.length;
    if (unnamed > 0) cli.err(cli.say({ en: `... and ${unnamed} more`, ru: `... и ещё ${unnamed}` }));
    const { imported, updated, skipped, repeated, total, badLines } = result;
    cli.result({ imported, updated, skipped, repeated, total, badLines }, () => `imported ${imported}, updated ${updated}, skipped ${skipped}`);
  } finally {
    bar.end();
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

function withTable<T>(cli: Cli, write: boolean, work: (cards: CardTable) => T): T {
  const folder = write ? openStateFolder(cli.statePath) : stateFolderAt(cli.statePath);
  const cards = openCards({ file: folder.file('cards.db') });
  try {
    return work(cards);
  } finally {
    cards.close();
  }
}

export function add(cli: Cli, code: string, card: string, options: AddOptions): void {
  const expires = options.expires === undefined ? undefined : parseIsoTime(options.expires);
  if (options.expires !== undefined && expires === undefined) {
    throw new TillbridgeError('TB_CONFIG_USAGE', { problem: `--expires: "${options.expires}" is not a time of ISO 8601` });
  }
  const entry = {
    code,
    card,
    kind: (options.kind ?? 'card') as NumberKind,
    state: (options.cardState ?? 'active') as CardState,
    ...(expires === undefined ? {} : { expires }),
  };
  const result = withTable(cli, true, (cards) => cards.add(entry));
  cli.result({ result }, () => cli.say({ en: result, ru: result === 'added' ? 'добавлена' : 'изменена' }));
}

export function remove(cli: Cli, code: string): void {
  const removed = existsSync(stateFolderAt(cli.statePath).file('cards.db')) && withTable(cli, true, (cards) => cards.remove(code));
  cli.result({ removed }, () => (removed ? cli.say({ en: 'removed', ru: 'удалена' }) : cli.say({ en: 'no such card', ru: 'такой карты нет' })));
  if (!removed) throw new ExitError(1);
}

/** The number in clear: whoever may read the table may see it. */
export function get(cli: Cli, code: string): void {
  const entry = withTable(cli, false, (cards) => cards.get(code));
  if (entry === undefined) {
    cli.result(null, () => cli.say({ en: 'no such card', ru: 'такой карты нет' }));
    throw new ExitError(1);
  }
  const row = inClear(entry);
  cli.result(row, () => [row.card, row.kind, row.state, row.expires ?? ''].join('  ').trimEnd());
}

interface ClearRow {
  readonly code: string;
  readonly card: string;
  readonly kind: NumberKind;
  readonly state: CardState;
  readonly expires?: string;
}

function inClear({ code, card, kind, state, expires }: CardEntry): ClearRow {
  return { code: code.reveal(), card: card.reveal(), kind, state, ...(expires === undefined ? {} : { expires: isoTime(expires) }) };
}

/** Streamed: the table may be larger than the memory. */
export async function exportAll(cli: Cli): Promise<void> {
  const folder = stateFolderAt(cli.statePath);
  const cards = openCards({ file: folder.file('cards.db') });
  try {
    if (!cli.json) await write('code,card,kind,state,expires\n');
    for (const entry of cards.export()) {
      const row = inClear(entry);
      await write(cli.json ? `${JSON.stringify(row)}\n` : `${[row.code, row.card, row.kind, row.state, row.expires ?? ''].map(csvField).join(',')}\n`);
    }
  } finally {
    cards.close();
  }
}

async function write(line: string): Promise<void> {
  if (!process.stdout.write(line)) await once(process.stdout, 'drain');
}

function csvField(text: string): string {
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function stats(cli: Cli): void {
  const { total, active, inactive, blocked } = withTable(cli, false, (cards) => cards.stats());
  cli.result({ total, active, inactive, blocked }, () => `total ${total}, active ${active}, inactive ${inactive}, blocked ${blocked}`);
}
