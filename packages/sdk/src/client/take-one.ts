import { REPORTABLE, type Delivery, type ReportedOutcome, type Taker } from '../bridge.js';
import { BridgeError } from './bridge-error.js';

/** Claims a delivery, hands its number to `taker` and reports what became of it. Never rejects: the next one must not suffer. */
export async function takeOne(delivery: Delivery, taker: Taker, onError: (error: unknown) => void): Promise<void> {
  try {
    const number = await delivery.claim();
    let answer: readonly [ReportedOutcome, string?];
    try {
      answer = [reportable((await taker(number, delivery)) ?? 'applied')];
    } catch (error) {
      onError(error);
      answer = ['unknown', 'tillFailed'];
    }
    await delivery.done(...answer);
  } catch (error) {
    if (!isOver(error)) onError(error);
  }
}

/** A program in plain JavaScript may answer by accident, as an arrow function does: that must not pass for an outcome, nor stay unreported. */
function reportable(answer: ReportedOutcome): ReportedOutcome {
  if (!REPORTABLE.includes(answer)) throw new TypeError('take: the answer is no outcome; return nothing for `applied`');
  return answer;
}

/** Somebody else's, or expired: what happens in every shop. */
function isOver(error: unknown): boolean {
  return error instanceof BridgeError && (error.code === 'TB_API_CONFLICT' || error.code === 'TB_API_GONE');
}
