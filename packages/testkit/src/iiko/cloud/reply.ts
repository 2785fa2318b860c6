import { randomUUID } from 'node:crypto';
import type { JsonReply } from '../http/index.js';

/** A refusal thrown out of an operation. */
export class Refused extends Error {
  readonly reply: JsonReply;

  constructor(status: number, error: string, description: string) {
    super(description);
    this.reply = refusal(status, error, description);
  }
}

/** The error body of nearly every operation. */
export function refusal(status: number, error: string, errorDescription: string): JsonReply {
  return { status, body: { correlationId: randomUUID(), errorDescription, error } };
}

export function done(body: object): JsonReply {
  return { status: 200, body };
}

export function correlated(body: object = {}): JsonReply {
  return done({ correlationId: randomUUID(), ...body });
}
