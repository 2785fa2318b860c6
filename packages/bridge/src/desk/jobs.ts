import type { ErrorCode, Language, NumberKind, ProbeRow } from '@tillbridge/core';
import type { CardState, CardStats, JournalPage, JournalSearch, NewCard, ScanEntry, VerifyResult } from '@tillbridge/store';
import type { ConfigProblem } from '../config/problem.js';

/** A row of the card table in clear: only for callers that may see numbers. */
export interface ClearCard {
  readonly code: string;
  readonly card: string;
  readonly kind: NumberKind;
  readonly state: CardState;
  /** ISO 8601. */
  readonly expires?: string;
}

/** What a text would be as a configuration. */
export interface CheckedConfig {
  readonly ok: boolean;
  readonly problems: readonly ConfigProblem[];
  readonly warnings: readonly ConfigProblem[];
  /** Hosts that it may contact; empty for one that is not valid. */
  readonly hosts: readonly string[];
  /** Where the API would listen, such as `127.0.0.1:7843`; `off` without API or without console. Undefined for one that is not valid. */
  readonly console?: string;
}

/** The file as it is on the disk. */
export interface ConfigFile {
  readonly path: string;
  readonly text: string;
  /** SHA-256 of its bytes, hexadecimal: what a later save is compared with. */
  readonly revision: string;
  /** Why it cannot be saved here; undefined where it can. */
  readonly readOnly?: string;
}

export interface ConfigBackup {
  /** File name, without folder. */
  readonly name: string;
  /** When it was put aside, ISO 8601. */
  readonly time: string;
  readonly bytes: number;
}

/** What the desk's process can do: name of a job, what it needs, what it gives. Everything here is slow, writes with fsync, or computes: none of it has a place on the daemon's main thread, where goods pass. */
export interface DeskJobs {
  'journal.search': { in: JournalSearch; out: JournalPage };
  'journal.scan': { in: { readonly scanId: string; readonly seq: number }; out: readonly ScanEntry[] };
  'journal.verify': { in: undefined; out: VerifyResult };
  'cards.get': { in: { readonly code: string }; out: ClearCard | undefined };
  'cards.stats': { in: undefined; out: CardStats };
  'cards.add': { in: NewCard; out: 'added' | 'updated' };
  'cards.remove': { in: { readonly code: string }; out: boolean };
  'cards.page': { in: { readonly after: string; readonly limit: number }; out: readonly ClearCard[] };
  'config.read': { in: undefined; out: ConfigFile };
  'config.shown': { in: undefined; out: { readonly yaml: string; readonly hosts: readonly string[] } };
  'config.schema': { in: undefined; out: Record<string, unknown> };
  'config.check': { in: { readonly text: string }; out: CheckedConfig };
  'config.save': { in: { readonly text: string; readonly revision: string }; out: { readonly revision: string; readonly backup: string | null } };
  'config.backups': { in: undefined; out: readonly ConfigBackup[] };
  'config.backup': { in: { readonly name: string }; out: { readonly text: string } };
  doctor: { in: undefined; out: { readonly rows: readonly ProbeRow[] } };
  support: { in: undefined; out: { readonly name: string; /** Base64. */ readonly data: string } };
}

export type DeskJob = keyof DeskJobs;

/** Whose files, and the language of what is said about them. */
export interface DeskPlace {
  readonly state: string;
  readonly config: string;
  readonly language: Language;
}

export interface DeskRequest<J extends DeskJob = DeskJob> {
  readonly id: number;
  readonly job: J;
  readonly place: DeskPlace;
  readonly input: DeskJobs[J]['in'];
}

export type DeskAnswer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: { readonly code: ErrorCode; readonly params: Readonly<Record<string, string | number>>; readonly problems?: readonly ConfigProblem[] } };
