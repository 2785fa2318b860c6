import type { Counter, Gauge, Registry } from 'prom-client';
import type { ReceiptService } from '../receipts/receipt-service.js';

interface Library {
  readonly Counter: typeof Counter;
  readonly Gauge: typeof Gauge;
}

/** What becomes of receipts, looked up when somebody asks. */
export function addReceipts({ Counter, Gauge }: Library, receipts: Pick<ReceiptService, 'counts' | 'view'>, registry: Registry): void {
  const registers = [registry];
  new Counter({
    name: 'tillbridge_receipts_total',
    help: 'What came of receipts, by platform: reported, already (the platform had it), failed (an attempt), dead, skipped, cancelled',
    labelNames: ['platform', 'result'],
    registers,
    collect() {
      this.reset();
      for (const { what, platform, count } of receipts.counts()) if (!what.startsWith('guest')) this.inc({ platform, result: what }, count);
    },
  });
  new Counter({
    name: 'tillbridge_receipt_guests_total',
    help: 'Guests of reported sales: new (the platform says that he came to this store for the first time), firstSeen (his first receipt on this machine), known',
    labelNames: ['platform', 'guest'],
    registers,
    collect() {
      this.reset();
      for (const { what, platform, count } of receipts.counts()) {
        const guest = GUESTS[what];
        if (guest !== undefined) this.inc({ platform, guest }, count);
      }
    },
  });
  new Gauge({
    name: 'tillbridge_receipts',
    help: 'Receipts in the outbox by where they stand; dead ones need somebody to look at them',
    labelNames: ['state'],
    registers,
    collect() {
      this.reset();
      for (const [state, count] of Object.entries(receipts.view().states)) this.set({ state }, count);
    },
  });
}

const GUESTS: Readonly<Record<string, string>> = { guestNew: 'new', guestFirstSeen: 'firstSeen', guestKnown: 'known' };
