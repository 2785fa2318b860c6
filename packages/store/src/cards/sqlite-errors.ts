import { isTillbridgeError, TillbridgeError } from '@tillbridge/core';

/** SQLite primary result codes (sqlite.org/rescode.html). */
const BUSY = 5;
const LOCKED = 6;
const CORRUPT = 11;
const FULL = 13;
const NOT_A_DATABASE = 26;

/** A thing that `node:sqlite` or the file system threw, as an error of the catalogue. SQLite's texts name columns, never values. */
export function tableError(thrown: unknown, path: string): TillbridgeError {
  if (isTillbridgeError(thrown)) return thrown;
  const cause = { cause: thrown };
  const problem = thrown instanceof Error ? thrown.message : String(thrown);
  switch (primaryCode(thrown)) {
    case BUSY:
    case LOCKED:
      return new TillbridgeError('TB_TRANSLATE_TABLE_BUSY', { path }, cause);
    case CORRUPT:
    case NOT_A_DATABASE:
      return new TillbridgeError('TB_TRANSLATE_TABLE_CORRUPT', { path, problem }, cause);
    case FULL:
      return new TillbridgeError('TB_TRANSLATE_DISK_FULL', { path }, cause);
    default:
      if (codeOfSystem(thrown) === 'ENOSPC') return new TillbridgeError('TB_TRANSLATE_DISK_FULL', { path }, cause);
      return new TillbridgeError('TB_TRANSLATE_TABLE_UNREADABLE', { path, problem }, cause);
  }
}

function primaryCode(thrown: unknown): number | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('errcode' in thrown)) return undefined;
  return typeof thrown.errcode === 'number' ? thrown.errcode & 0xff : undefined;
}

export function codeOfSystem(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
