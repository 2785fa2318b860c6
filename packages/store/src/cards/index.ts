export { openCards, type CardStats, type CardTable, type CardTableOptions } from './card-table.js';
export { CARD_STATES, MAX_CODE_LENGTH, type CardEntry, type CardRow, type CardState, type NewCard } from './card-row.js';
export { importCards, type ImportOptions } from './import.js';
export type { ImportProgress, ImportResult, ImportSource } from './import-protocol.js';
export type { JsonMapping } from './parse/json-document.js';
export { readSources, type CardSource } from './sources.js';
export { badLineText, type BadLine, type BadLineReason } from './parse/bad-line.js';
export { expiryTime } from './parse/expiry-time.js';
