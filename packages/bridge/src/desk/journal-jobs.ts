import { scanEntries, searchJournal, stateFolderAt, verifyJournal, type JournalPage, type JournalSearch, type ScanEntry, type VerifyResult } from '@tillbridge/store';
import type { DeskPlace } from './jobs.js';

export function search({ state }: DeskPlace, input: JournalSearch): JournalPage {
  return searchJournal(stateFolderAt(state), input);
}

export function scan({ state }: DeskPlace, { scanId, seq }: { readonly scanId: string; readonly seq: number }): readonly ScanEntry[] {
  return scanEntries(stateFolderAt(state), scanId, seq);
}

export function verify({ state }: DeskPlace): VerifyResult {
  return verifyJournal(stateFolderAt(state));
}
