export { SimulatedReader, type ScanOptions, type SimulatedReaderOptions } from './reader.js';
export { SimulatedTill, type SeenDelivery, type SimulatedTillOptions, type TillBehaviour } from './till.js';
export { MemoryJournal, type JournalMode, type RecordedEntry } from './journal.js';
export { SimulatedTranslator, type TranslatorBehaviour } from './translator.js';
export { SHOP_CODES, shopNumber, SimulatedShop, type SimulatedShopOptions } from './shop.js';
