/** When a loyalty scan got where, in ms from its last byte. What is absent was never reached. */
export interface ScanWay {
  /** It was known to be a loyalty code; for a scanner this includes the silence that shows that the read is whole. */
  readonly classifiedMs: number;
  /** The translators had answered. */
  readonly translatedMs?: number;
  /** The id of the translator that answered. */
  readonly translator?: string;
  /** The number was handed to the till's adapter, its intent durable. */
  readonly handedMs?: number;
}
