import type { FrontApiLevel } from './books.js';
import type { FrontOperations } from './operations.js';
import type { OrderView } from './orders.js';
import type { FrontScreen } from './screens.js';
import type { CardTracks } from './wrapping.js';

export interface ScanEvent {
  readonly order: OrderView;
  /** May edit this order, for as long as the handler runs. */
  readonly operations: FrontOperations;
}

/** `DeviceType` of `CardScannedEventArgs`. */
export type ScanDevice = 'Keyboard' | 'Msr' | 'Scanner' | 'WaiterLock' | 'Unknown';

/** A plugin of iikoFront. A handler that throws takes its host process down. */
export interface FrontPlugin {
  /** `OrderEditBarcodeScanned`: true stops the search for somebody who knows the code. */
  barcodeScanned(event: ScanEvent & { readonly barcode: string }): boolean | Promise<boolean>;
  /** `OrderEditCardSlided` */
  cardSlided(event: ScanEvent & { readonly card: CardTracks }): boolean | Promise<boolean>;
  /** `CardScanned`, V10 on: any screen, before iikoFront looks itself. */
  cardScanned?(event: { readonly data: string; readonly device: ScanDevice }): boolean | Promise<boolean>;
  /** Called when it is unloaded; not when its process died. */
  dispose(): void | Promise<void>;
}

/** What an edit of the order on the screen gets. */
export interface CurrentOrderEdit {
  readonly order: OrderView;
  readonly operations: FrontOperations;
}

export type MessageLevel = 'notification' | 'warning' | 'error';

/** `PluginContext`, as far as a loyalty plugin needs it. */
export interface FrontPluginContext {
  readonly terminalId: string;
  readonly terminalName: string;
  readonly appVersion: string;
  readonly api: FrontApiLevel;
  /** The global service: orders that are open on a screen are out of its reach. */
  readonly operations: FrontOperations;
  /**
   * Runs at once when the screen is idle, else waits for that. @throws {FrontError} `NotSupportedException` no order is being edited,
   * `OperationCanceledException` the screen was left before it could run; what `work` throws comes through
   */
  tryEditCurrentOrder(work: (edit: CurrentOrderEdit) => void | Promise<void>): Promise<void>;
  /** The same for the payment screen. @throws {FrontError} `MissingMethodException` before V9 */
  tryEditCurrentPaymentScreen(work: (edit: CurrentOrderEdit) => void | Promise<void>): Promise<void>;
  readonly screen: () => FrontScreen;
  onScreenChanged(watcher: (screen: FrontScreen) => void): () => void;
  onOrderChanged(watcher: (order: OrderView) => void): () => void;
  /** Top left, nobody has to answer. */
  addMessage(level: MessageLevel, text: string): void;
  /** An exception that nobody caught on a thread of the plugin: its process dies. */
  unhandled(error: unknown): void;
}

/** The public constructor of the plugin's class. Throwing is a crash. */
export type MakePlugin = (context: FrontPluginContext) => FrontPlugin;
