import { healthOf, isoTime, type Language, type PartState } from '@tillbridge/core';
import { z } from 'zod';

export interface PartView {
  readonly status: string;
  readonly health: string;
  readonly since: string;
  readonly reason?: string;
  readonly code?: string;
  readonly remedy?: string;
  readonly detail?: string;
}

/** A part's state as health reports show it. */
export function stateView(state: PartState, language: Language): PartView {
  const { reason, detail } = state;
  return {
    status: state.status,
    health: healthOf(state),
    since: isoTime(state.since),
    ...(reason === undefined ? {} : { reason: reason.text(language), code: reason.code, remedy: reason.remedy(language) }),
    ...(detail === undefined ? {} : { detail }),
  };
}

export const healthSchema = z.enum(['healthy', 'degraded', 'down']);

export const stateFields = {
  status: z.enum(['closed', 'opening', 'ready', 'retrying', 'failed']),
  health: healthSchema,
  since: z.iso.datetime().describe('Since when it is so.'),
  reason: z.string().optional(),
  code: z.string().optional().describe('Code of the error behind the reason.'),
  remedy: z.string().optional().describe('What to do about it.'),
  detail: z.string().optional().describe('What is at the other end.'),
};
