import type { NumberKind } from './native-number.js';

/** A closed sale, the same for every till and platform. Money in minor units (kopecks), quantities as decimal text, times with their offset. */
export interface Receipt {
  /** Unique for the till; the key under which the receipt is stored once. */
  readonly receiptId: string;
  /** `cancel`: the sale `originalReceiptId` was taken back as a whole, as if it had never been; `return`: goods came back. */
  readonly operation: 'sale' | 'return' | 'cancel';
  readonly storeId?: string;
  readonly tillId: string;
  readonly shift?: string;
  readonly number?: string;
  /** ISO 8601 with offset. */
  readonly closedAt: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly total: number;
  readonly discount?: number;
  readonly lines: readonly ReceiptLine[];
  readonly payments?: readonly ReceiptPayment[];
  readonly cashier?: { readonly code?: string; readonly name?: string };
  readonly fiscal?: { readonly fn?: string; readonly fd?: string; readonly fp?: string };
  /** null or absent: nobody was identified. */
  readonly loyalty?: ReceiptLoyalty | null | undefined;
  /** Of a return or a cancel: the sale that it is of. */
  readonly originalReceiptId?: string | null | undefined;
  /** The loyalty scans of this sale. */
  readonly scanIds?: readonly string[];
  /** Instead of `scanIds`: the order, as given to `order`. */
  readonly orderId?: string;
}

export interface ReceiptLine {
  readonly lineId: string;
  readonly sku?: string;
  readonly barcode?: string;
  readonly name?: string;
  readonly qty: string;
  readonly price: number;
  readonly total: number;
}

export interface ReceiptPayment {
  readonly kind: string;
  readonly amount: number;
}

export interface ReceiptLoyalty {
  readonly preset?: string;
  readonly lookupId?: string;
  readonly nativeNumber?: string;
  readonly kind?: NumberKind | 'appCode';
  /** A one-time code; never stored. */
  readonly sessionCode?: string;
  readonly coupons?: readonly string[];
  readonly offline?: boolean;
}
