import { CardCatalogue } from './catalogue.js';

/** The window that is on top. `registerBarcodes` is the one that an unknown product opens: nothing else takes input until it is closed. */
export type Form = 'product' | 'card' | 'registerBarcodes';

/** How the cashier's workplace treats a code. `unf`: every code on the main form is a product. `autoDetect`: cards are known by their code; an assumption about РМК, no source of it was seen. */
export type WorkplaceProfile = 'unf' | 'autoDetect';

export interface Receipt {
  readonly products: string[];
  card: string | undefined;
}

export interface SalesOptions {
  readonly profile?: WorkplaceProfile;
  readonly catalogue?: CardCatalogue;
  /** Barcodes of the products that are known; absent: every code that is no card's is a known product. */
  readonly products?: ReadonlySet<string>;
}

/**
 * The forms of a cashier in the УНФ generation, as its published sources treat a scan: the main form takes every code for a product, cards
 * are taken only in a window of their own, by an equal string, and a window on top makes scans vanish without a trace.
 */
export class Sales {
  readonly catalogue: CardCatalogue;
  readonly receipts: Receipt[] = [{ products: [], card: undefined }];
  readonly messages: string[] = [];
  form: Form = 'product';
  /** ВводДоступен() of the active form: false while something modal is on top. */
  inputAvailable = true;
  /** Scans that no form took, and nobody noticed. */
  vanished = 0;
  /** Cards that the card form offered to register. */
  newCardOffers = 0;
  /** The card form shows several cards to choose from. */
  choice: readonly string[] = [];
  readonly #profile: WorkplaceProfile;
  readonly #products: ReadonlySet<string> | undefined;
  #skipNext = false;

  constructor({ profile = 'unf', catalogue = new CardCatalogue(), products }: SalesOptions = {}) {
    this.#profile = profile;
    this.catalogue = catalogue;
    this.#products = products;
  }

  get receipt(): Receipt {
    const current = this.receipts.at(-1);
    if (current === undefined) throw new Error('there is always a receipt');
    return current;
  }

  /** The button "read card". */
  openCardForm(): void {
    if (this.form === 'product') this.form = 'card';
    this.choice = [];
  }

  /** The cashier closes whatever is on top. */
  closeForm(): void {
    this.form = 'product';
    this.choice = [];
  }

  /** The sale is closed, and the next one begins. */
  nextReceipt(): void {
    this.receipts.push({ products: [], card: undefined });
  }

  /** The notification `ScanData`: first the window on top hears it, then the main form. */
  scanData(code: string): void {
    this.#notify((form) => (form === 'card' ? this.#cardRead(this.catalogue.byBarcode(code).map(({ barcode }) => barcode ?? '')) : this.#productRead(code)));
  }

  /** The notification `TracksData`. */
  tracksData(track: string): void {
    this.#notify((form) => {
      if (form === 'card') this.#cardRead(this.catalogue.byTrack2(track).map(({ magnetic }) => magnetic ?? ''));
    });
  }

  /** Our extension, in the module of the application: the card goes to the receipt whatever window is on top. */
  setCard(code: string): 'applied' | 'alreadyApplied' | 'notFound' | 'rejected' {
    const found = this.catalogue.byBarcode(code);
    if (found.length === 0) return 'notFound';
    if (found.length > 1) return 'rejected';
    if (this.receipt.card === code) return 'alreadyApplied';
    this.receipt.card = code;
    return 'applied';
  }

  #notify(hear: (form: 'card' | 'product') => void): void {
    if (!this.inputAvailable || this.form === 'registerBarcodes') {
      this.vanished += 1;
      return;
    }
    if (this.form === 'card') {
      hear('card');
      // the window that stayed open is on top of the main form
      if (this.#covered()) return;
    }
    if (this.#skipNext) this.#skipNext = false;
    else hear('product');
  }

  #covered(): boolean {
    return this.form !== 'product';
  }

  #cardRead(found: readonly string[]): void {
    if (this.choice.length > 0) {
      this.vanished += 1;
    } else if (found.length === 0) {
      this.newCardOffers += 1;
      this.messages.push('Карта не зарегистрирована');
    } else if (found.length > 1) {
      this.choice = found;
    } else {
      this.receipt.card = found[0];
      this.form = 'product';
      this.#skipNext = true;
    }
  }

  #productRead(code: string): void {
    const cards = this.catalogue.byBarcode(code);
    if (this.#profile === 'autoDetect' && cards.length === 1) {
      this.receipt.card = code;
      return;
    }
    const known = this.#products === undefined ? cards.length === 0 : this.#products.has(code);
    if (known) {
      this.receipt.products.push(code);
      return;
    }
    this.form = 'registerBarcodes';
    this.messages.push('Данные по штрихкоду не найдены');
  }
}
