import { outcome, OUTCOMES, type Outcome, type OutcomeName } from '@tillbridge/core';

/** What an answer means. `body` is its text, or `undefined` when it was too long. */
export function outcomeOfAnswer(status: number, body: string | undefined): Outcome {
  if (status >= 200 && status < 300) return accepted(body);
  if (status >= 300 && status < 400) return outcome('rejected', 'redirect');
  if (status >= 400 && status < 500) return outcome('rejected', `http${String(status)}`);
  return outcome('unknown', `http${String(status)}`);
}

/** A 2xx: the receiver has it, and may say how that went. What cannot be understood says no more than that it was handed over. */
function accepted(body: string | undefined): Outcome {
  const answer = parse(body);
  const name = OUTCOMES.find((candidate): candidate is OutcomeName => candidate === answer['outcome']);
  return name === undefined ? outcome('sent') : outcome(name, shortWord(answer['reason']));
}

function parse(body: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Foreign text never becomes a reason: one word of letters that starts with one. Digits stay out, or a number could come back in it. */
function shortWord(reason: unknown): string | undefined {
  return typeof reason === 'string' && /^[A-Za-z][A-Za-z]{0,39}$/.test(reason) ? reason : undefined;
}
