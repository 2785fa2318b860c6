export { ReceiptOutbox, type OutboxReceipt, type ReceiptOutboxOptions } from './receipt-outbox.js';
export { readOutbox, type StoredReceipt } from './read-outbox.js';
