import { request, type Dispatcher } from 'undici';
import { deadline, outcome, withdrawn, type Clock, type Outcome } from '@tillbridge/core';
import { outcomeOfAnswer } from './answer.js';
import { noteStart } from './started.js';
import type { WebhookRequest } from './request.js';

/** Longest answer that is read, in bytes. */
export const MAX_ANSWER = 65_536;

export interface PostOptions {
  readonly url: URL;
  readonly dispatcher: Dispatcher;
  readonly clock: Clock;
  /** Time budget of the whole exchange in milliseconds. */
  readonly timeoutMs: number;
  /** The bridge takes the delivery back. */
  readonly signal: AbortSignal;
}

/** Posts once and says how that went; never rejects, never repeats, follows no redirect. */
export async function post(what: WebhookRequest, options: PostOptions): Promise<Outcome> {
  const { signal } = options;
  if (signal.aborted) return withdrawn(signal, 'notSent');
  const limit = deadline(options.clock, options.timeoutMs, signal);
  let started = false;
  const dispatcher = noteStart(options.dispatcher, () => {
    started = true;
  });
  try {
    const answer = await request(options.url, {
      method: 'POST',
      headers: { ...what.headers },
      body: what.body,
      dispatcher,
      signal: limit.signal,
    });
    const body = await boundedText(answer.body, MAX_ANSWER);
    return outcomeOfAnswer(answer.statusCode, body);
  } catch {
    return failure(started, limit.signal, signal);
  } finally {
    limit.dispose();
  }
}

/** What a missing answer means: as long as nothing of the request was written, it cannot have arrived. */
function failure(started: boolean, limit: AbortSignal, withdrawal: AbortSignal): Outcome {
  if (!started) return withdrawal.aborted ? withdrawn(withdrawal, 'notSent') : outcome('failed', 'notConnected');
  if (withdrawal.aborted) return outcome('unknown', 'notAnswered');
  return outcome('unknown', limit.aborted ? 'timeout' : 'connectionLost');
}

/** The text of an answer, or `undefined` when it is longer than `max` bytes: its status counts all the same. */
async function boundedText(body: Dispatcher.ResponseData['body'], max: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > max) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
