/**
 * The errors of PC/SC that say: the card is not there any more. W_REMOVED_CARD, E_NO_SMARTCARD, E_NOT_TRANSACTED,
 * E_READER_UNAVAILABLE, E_UNKNOWN_READER, E_COMM_DATA_LOST, W_UNPOWERED_CARD, W_UNRESPONSIVE_CARD (winscard, pcsc-lite pcsclite.h).
 * nfc-pcsc has the number in its text, pcsc-mini a name as the code.
 */
const GONE = /0x801000(69|0c|16|17|09|2f|67|66)|RemovedCard|NoSmart[Cc]ard|NotTransacted|ReaderUnavailable|UnknownReader|CommDataLost|Unpowered|Unresponsive|not connected|No card or connection/i;
/** W_RESET_CARD: another program reset the card. */
const RESET = /0x80100068|ResetCard|CardReset/i;
/** E_NO_SERVICE, E_SERVICE_STOPPED, F_COMM_ERROR ("RPC transport error"). */
const SERVICE = /0x8010001[de]|0x80100013|NoService|ServiceStopped/i;

/** The card left, before or while it was talked to. */
export class CardGone extends Error {
  constructor(cause?: unknown) {
    super('the card is not there any more', { cause });
    this.name = 'CardGone';
  }
}

/** Another program reset the card: selecting anew mends it. */
export class CardReset extends Error {
  constructor(cause: unknown) {
    super('the card was reset by another program', { cause });
    this.name = 'CardReset';
  }
}

/** What a library said, with what it says lies beneath it. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : '';
  // nfc-pcsc keeps the error of PC/SC in `previous`
  const beneath = 'previous' in error && error.previous instanceof Error ? ` ${error.previous.message}` : '';
  return `${code}${error.message}${beneath}`;
}

/** A library's error in our words. */
export function cardError(error: unknown): Error {
  const text = describeError(error);
  if (GONE.test(text)) return new CardGone(error);
  if (RESET.test(text)) return new CardReset(error);
  return error instanceof Error ? error : new Error(text);
}

export function isServiceLoss(error: unknown): boolean {
  return SERVICE.test(describeError(error));
}
