import type { Kept, KeyStore, StoredTill } from '@tillbridge/phone-link';

const DATABASE = 'tillbridge';
const STORE = 'tills';

/**
 * The phone's keys in IndexedDB, which plain HTTP has too. Browsers may delete it (Safari after seven days without a visit): then the phone is
 * paired again, so the browser is asked to keep it.
 */
export class PageKeyStore implements KeyStore {
  readonly #factory: IDBFactory;
  #opening: Promise<IDBDatabase> | undefined;

  constructor(factory: IDBFactory) {
    this.#factory = factory;
  }

  async all(): Promise<readonly StoredTill[]> {
    const kept: readonly unknown[] = await this.#with('readonly', (store) => store.getAll());
    return kept.filter(isStoredTill);
  }

  async put(till: StoredTill, kept: Kept): Promise<void> {
    await this.#with('readwrite', (store) => store.put(till), kept === 'durably' ? 'strict' : 'relaxed');
  }

  async remove(tillId: string): Promise<void> {
    await this.#with('readwrite', (store) => store.delete(tillId));
  }

  /** Resolves when it is written (`relaxed`: when the system has it), not only when it was asked for. */
  async #with<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>, durability: IDBTransactionDurability = 'strict'): Promise<T> {
    this.#opening ??= this.#open();
    // one that could not be opened is tried again next time
    this.#opening.catch(() => (this.#opening = undefined));
    const database = await this.#opening;
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode, { durability });
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error('the browser kept nothing'));
    });
  }

  #open(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      const request = this.#factory.open(DATABASE, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'tillId' });
      request.onsuccess = () => {
        // another tab with a newer page must not wait for this one
        request.result.onversionchange = () => request.result.close();
        resolve(request.result);
      };
      request.onerror = () => reject(request.error ?? new Error('the browser keeps nothing'));
      request.onblocked = () => reject(new Error('another tab holds the keys'));
    });
  }
}

function isStoredTill(kept: unknown): kept is StoredTill {
  const till = kept as Partial<StoredTill> | null;
  return till !== null && typeof till === 'object' && till.v === 1 && typeof till.tillId === 'string' && till.tillKey instanceof Uint8Array && till.secret instanceof Uint8Array;
}
