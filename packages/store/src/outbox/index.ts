export { ReceiptOutbox, type OutboxReceipt, type OutboxScan, type ReceiptMove, type ReceiptOutboxOptions, type ReportPlan } from './receipt-outbox.js';
export { OutboxReader, type ReceiptCounts, type ReceiptStanding, type ReceiptWork, type StoredScan } from './outbox-reader.js';
export { RECEIPT_STATES, SALE_NOT_HERE, type ReceiptState } from './outbox-row.js';
export { readOutbox, type StoredReceipt } from './read-outbox.js';
