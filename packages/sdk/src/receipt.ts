export type { Receipt, ReceiptLine, ReceiptLoyalty, ReceiptPayment } from '@tillbridge/core';
