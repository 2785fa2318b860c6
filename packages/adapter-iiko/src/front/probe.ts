import { TillbridgeError, type ErrorCode, type ProbeRow } from '@tillbridge/core';
import type { GuestAuthorizer } from './options.js';
import { readerFileRows } from './reader-files.js';
import { nameOf, type Rival, type Session } from './session.js';

export interface FrontProbe {
  readonly till: string;
  /** Unix time in milliseconds. */
  readonly now: number;
  /** False: nobody serves the plugin, so nothing is known of it. */
  readonly running: boolean;
  readonly last: Session | undefined;
  readonly live: Session | undefined;
  readonly rival: Rival | undefined;
  readonly troubles: { readonly secretAt?: number; readonly licence?: string };
  readonly dataFolder: string | undefined;
  readonly guests: GuestAuthorizer | undefined;
  readonly signal: AbortSignal;
}

/** Rows of `doctor` for a till that is served by a plugin. */
export async function probeFront(probe: FrontProbe): Promise<readonly ProbeRow[]> {
  const { till, dataFolder, guests, signal } = probe;
  const [files, server] = await Promise.all([dataFolder === undefined ? [] : readerFileRows(till, dataFolder, signal), guests?.probe(signal) ?? []]);
  return [pluginRow(probe), ...troubleRows(probe), ...files, ...server];
}

function pluginRow({ till, now, running, last, live }: FrontProbe): ProbeRow {
  const id = `till.${till}.plugin`;
  if (!running) return { level: 'ok', id, text: 'waits for the iikoFront plugin; a running daemon knows whether it is there' };
  if (last === undefined) return errorRow('warn', id, 'TB_TILL_IIKO_NO_PLUGIN', { till });
  const { appVersion, apiVersion, pluginVersion } = last.hello;
  const about = `plugin ${pluginVersion} (API ${apiVersion}) in iikoFront ${appVersion} on ${nameOf(last.hello)}, heard of ${ago(now - last.seen)} ago, screen ${last.screen.screen}`;
  if (live !== undefined) return { level: 'ok', id, text: about };
  const row = errorRow('warn', id, 'TB_TILL_IIKO_NO_PLUGIN', { till });
  return { ...row, text: `${row.text}; last: ${about}` };
}

function troubleRows({ till, now, live, rival, troubles: { secretAt, licence } }: FrontProbe): readonly ProbeRow[] {
  const id = `till.${till}.plugin`;
  const rows: ProbeRow[] = [];
  if (licence !== undefined) rows.push(errorRow('fail', id, 'TB_TILL_IIKO_LICENCE', { till, problem: licence }));
  if (rival !== undefined) {
    const row = errorRow('warn', id, 'TB_TILL_IIKO_TWO_PLUGINS', { till, terminal: live === undefined ? '?' : nameOf(live.hello) });
    rows.push({ ...row, text: `${row.text}; the other was on ${rival.terminal}, ${ago(now - rival.at)} ago` });
  }
  if (secretAt !== undefined) {
    const row = errorRow('warn', id, 'TB_TILL_IIKO_SECRET', { till });
    rows.push({ ...row, text: `${row.text}, last ${ago(now - secretAt)} ago` });
  }
  return rows;
}

function errorRow(level: ProbeRow['level'], id: string, code: ErrorCode, params: Readonly<Record<string, string>>): ProbeRow {
  const error = new TillbridgeError(code, params);
  return { level, id, text: error.text('en'), remedy: error.remedy('en') };
}

function ago(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return seconds < 120 ? `${String(seconds)} s` : `${String(Math.round(seconds / 60))} min`;
}
