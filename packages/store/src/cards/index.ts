export { openCards, type CardStats, type CardTable, type CardTableOptions } from './card-table.js';
export { CARD_STATES, MAX_CODE_LENGTH, type CardEntry, type CardRow, type CardState, type NewCard } from './card-row.js';
export { importCards, type ImportOptions } from './import.js';
export type { ImportProgress, ImportResult } from './import-protocol.js';
export { badLineText, type BadLine, type BadLineReason } from './parse/bad-line.js';
export { expiryTime } from './parse/expiry-time.js';
