import { ApiError, call, get, post } from '../../api/client';
import { patiently, pause } from '../../api/patiently';
import { base64OfBytes } from '../../save-file';
import { csvLine } from './csv';

export interface CardStats {
  readonly total: number;
  readonly active: number;
  readonly inactive: number;
  readonly blocked: number;
}

export interface Card {
  readonly code: string;
  readonly card: string;
  readonly kind: 'card' | 'coupon' | 'phone';
  readonly state: 'active' | 'inactive' | 'blocked';
  readonly expires?: string;
}

/** An import as the daemon shows it. */
export interface ImportView {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly received: number;
  readonly mode: 'upsert' | 'replace';
  readonly strict: boolean;
  readonly state: 'receiving' | 'importing' | 'done' | 'failed' | 'cancelled';
  readonly progress?: { readonly phase: 'read' | 'merge' | 'checkpoint'; readonly rows: number; readonly bytes?: number; readonly totalBytes?: number; readonly totalRows?: number };
  readonly result?: {
    readonly imported: number;
    readonly updated: number;
    readonly skipped: number;
    readonly repeated: number;
    readonly total: number;
    readonly badLines: readonly { readonly line: number; readonly reason: string; readonly text: string }[];
  };
  readonly error?: { readonly code: string; readonly message: string; readonly remedy: string };
}

export interface ImportChoice {
  readonly mode: 'upsert' | 'replace';
  readonly strict: boolean;
}

/** Between pieces, in ms: a client may make 50 calls a second, and the rest of the page has its own. */
const BREATH_MS = 25;

/**
 * Sends a card file piece by piece and has it imported. `changed` is thrown where the file was changed or taken away meanwhile; whatever goes
 * wrong, the daemon is told to forget what it has.
 *
 * @throws {ApiError}
 */
export async function sendCards(file: File, choice: ImportChoice, signal: AbortSignal, onSent: (bytes: number) => void): Promise<void> {
  const { id, pieceBytes } = await post<{ readonly id: string; readonly pieceBytes: number }>('/v1/cards/imports', { name: printableName(file.name), size: file.size, ...choice }, { signal });
  try {
    for (let offset = 0; offset < file.size; ) {
      const data = base64OfBytes(await pieceOf(file, offset, pieceBytes));
      const path = `/v1/cards/imports/${id}/${String(offset)}`;
      const { received } = await patiently(() => call<{ readonly received: number }>('PUT', path, { body: { data }, signal }), signal);
      offset = received;
      onSent(offset);
      await pause(BREATH_MS, signal);
    }
    await patiently(() => post(`/v1/cards/imports/${id}/finish`, undefined, { signal }), signal);
  } catch (error) {
    // whoever is not let in any more cannot take back either: the daemon does that by itself
    await call('DELETE', `/v1/cards/imports/${id}`).catch(() => undefined);
    throw error;
  }
}

async function pieceOf(file: File, offset: number, length: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(offset, offset + length).arrayBuffer());
  } catch {
    // the browser reads no file that is not the one that was picked any more
    throw new ApiError('changed', '');
  }
}

function printableName(name: string): string {
  const clean = name.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '').slice(-255);
  return clean === '' ? 'cards.csv' : clean;
}

const EXPORT_ROWS = 500;

/** The whole table as CSV, as `tillbridge cards export` writes it. @throws {ApiError} */
export async function fetchCards(signal: AbortSignal, onRows: (rows: number) => void): Promise<Blob> {
  // a browser keeps large blobs on its disk: never the whole text in memory
  const parts: Blob[] = [new Blob(['code,card,kind,state,expires\n'])];
  let rows = 0;
  for (let after: string | null = ''; after !== null; ) {
    const query: { after?: string; limit: number } = { limit: EXPORT_ROWS, ...(after === '' ? {} : { after }) };
    const page = await patiently(() => get<{ readonly rows: readonly Card[]; readonly next: string | null }>('/v1/cards/export', { query, signal }), signal);
    parts.push(new Blob([page.rows.map(csvLine).join('')]));
    rows += page.rows.length;
    onRows(rows);
    after = page.next;
    await pause(BREATH_MS, signal);
  }
  return new Blob(parts, { type: 'text/csv' });
}
