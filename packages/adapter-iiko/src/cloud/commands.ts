import { sleep } from '@tillbridge/core';
import { queuedAnswer, statusAnswer } from './answers.js';
import type { CloudDesk } from './desk.js';
import type { CloudAnswer } from './judge.js';
import type { CloudOperationName } from './operations.js';
import { codeIn } from './outcomes.js';

export type CommandEnd =
  | { readonly end: 'success' }
  /** The till refused. */
  | { readonly end: 'error'; readonly codes: readonly string[] }
  /** Taken, and nobody says what became of it. */
  | { readonly end: 'lost' }
  /** The call itself failed; `sent` says whether it may have been taken all the same. */
  | { readonly end: 'notTaken'; readonly answer: Extract<CloudAnswer<unknown>, { ok: false }> };

/** Pauses before the looks at the state of a command, in milliseconds; the last one goes on. */
const LOOKS_MS = [300, 500, 1000, 1500, 2000] as const;
/** After so many looks nobody waits any longer: half a minute. */
const MOST_LOOKS = 18;

/** Gives a command to the till and asks what became of it: the 200 of the call says no more than that it is queued. */
export async function runCommand(desk: CloudDesk, name: CloudOperationName, body: object, signal: AbortSignal): Promise<CommandEnd> {
  const answer = await desk.client.call(name, body, queuedAnswer, signal);
  if (!answer.ok) return { end: 'notTaken', answer };
  const { correlationId } = answer.value;
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    await sleep(desk.clock, LOOKS_MS[look] ?? 2000, signal);
    if (signal.aborted) break;
    const state = await desk.client.call('commandStatus', { organizationId: desk.organizationId, correlationId }, statusAnswer, signal);
    if (state.ok && state.value.state === 'Success') return { end: 'success' };
    if (state.ok && state.value.state === 'Error') return { end: 'error', codes: codeIn(state.value.errorReason) };
    // 410: the contract asks not to ask for this one again
    if (!state.ok && (state.problem === 'gone' || state.problem === 'noRight' || state.problem === 'circuitOpen')) break;
  }
  return { end: 'lost' };
}
