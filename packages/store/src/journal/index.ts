export { openJournal, SqliteJournal, type JournalOptions, type JournalStats } from './sqlite-journal.js';
export { openJournalReader, DEFAULT_ROWS, MAX_ROWS, type JournalReader, type RowQuery } from './reader.js';
export { verifyJournal, type VerifyResult } from './verify.js';
export { problemText, type BadEntry, type ChainProblem } from './problem.js';
export { correlator, type Correlator } from './keys.js';
export { scanEntries, searchJournal, type JournalPage, type JournalSearch, type ScanEntry } from './search.js';
