export { Arrival, deadline, elapsed, instant, raceAbort, sleep, type Cancel, type Clock, type Instant } from './clock.js';
export { silentLog, type Log, type LogFields, type LogLevel } from './log.js';
export { healthOf, type Health, type PartState, type PartStatus, type ProbeRow } from './part.js';
export type { DropReason, FeedbackKind, GuestHint, RawRead, Reader, ReaderCapabilities, ReaderKind, ReaderSink, Taken } from './reader.js';
export type { TranslationContext, Translator, TranslatorCapabilities } from './translator.js';
export { adapterAround, withNumber, type OwnParts } from './adapter-around.js';
export {
  Withdrawal,
  type Adapter,
  type AdapterCapabilities,
  type DeliveryRequest,
  type DeliveryTrace,
  type GoodsRead,
  type Inbound,
  type LookedUp,
  type WithdrawCause,
} from './adapter.js';
export type {
  CapturedEntry,
  DeliveringEntry,
  DiscardedEntry,
  Journal,
  JournalEntry,
  JournalRow,
  OpenScan,
  OutcomeEntry,
} from './journal.js';
export { PartStatusKeeper } from './part-status-keeper.js';
