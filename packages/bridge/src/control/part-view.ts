import { healthOf, isoTime, type PartState } from '@tillbridge/core';
import { z } from 'zod';

export interface PartView {
  readonly status: string;
  readonly health: string;
  readonly since: string;
  readonly reason?: string;
  readonly code?: string;
}

/** A part's state as health reports show it. */
export function stateView(state: PartState): PartView {
  return {
    status: state.status,
    health: healthOf(state),
    since: isoTime(state.since),
    ...(state.reason === undefined ? {} : { reason: state.reason.message, code: state.reason.code }),
  };
}

export const healthSchema = z.enum(['healthy', 'degraded', 'down']);

export const stateFields = {
  status: z.enum(['closed', 'opening', 'ready', 'retrying', 'failed']),
  health: healthSchema,
  since: z.iso.datetime().describe('Since when it is so.'),
  reason: z.string().optional(),
  code: z.string().optional().describe('Code of the error behind the reason.'),
};
