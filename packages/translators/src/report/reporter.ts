import type { Answer } from '../http/judge.js';
import type { WrittenRequest } from '../http/request.js';
import type { CompiledReport, CompiledStep, ReportFlow } from './compile-report.js';
import { MissingValueError } from './body.js';
import type { GuestWay, ReportDefinition, ReportVerdict } from './definition.js';
import { reportScope, type Guest, type ReportFacts } from './values.js';

/** Sends a request with the platform's login; never rejects. `lost`: it may have arrived; `unsent`: it did not. */
export type SendReport = (request: WrittenRequest, format: CompiledStep['format'], signal: AbortSignal) => Promise<Answer | NoAnswer>;
export interface NoAnswer {
  readonly failure: 'lost' | 'unsent';
  /** A word. */
  readonly reason: string;
  readonly retryAfterMs?: number;
}

/** How far a report came. Durable before the next step begins. */
export interface ReportProgress {
  /** Steps of the flow that are done. */
  readonly step: number;
  readonly kept: Readonly<Record<string, string>>;
  /** The way by which the guest was named in the first step: the others have to do the same. */
  readonly way?: GuestWay;
}

export const NO_PROGRESS: ReportProgress = { step: 0, kept: {} };

/** One receipt, one flow. */
export interface ReportJob extends Omit<ReportFacts, 'way' | 'kept' | 'step'> {
  readonly flow: ReportFlow;
  readonly progress: ReportProgress;
  /** An earlier attempt may have arrived. */
  readonly repeated: boolean;
}

/** How an attempt ended. A reason is a word of ours or of the declaration. */
export type ReportEnd = { readonly serverTime?: number } & (
  | { readonly end: 'done'; readonly kept: Readonly<Record<string, string>>; readonly already: boolean }
  /** `unsent`: no step of it was taken, and nothing of the one that was to be left this machine. */
  | { readonly end: 'retry'; readonly reason: string; readonly retryAfterMs?: number; readonly unsent?: true }
  /** `nothing`: no step of it was taken, so the platform holds nothing of it by this attempt. */
  | { readonly end: 'refused'; readonly reason: string; readonly nothing?: true }
);

export interface ReportPorts {
  readonly send: SendReport;
  /** Makes the progress durable; the next step begins after it. */
  readonly keep: (progress: ReportProgress) => Promise<void>;
}

/**
 * Goes through the steps that are left, each until its answer says that it is done. Sends the same key however often it is called for one
 * receipt: whatever an attempt ends with, a repeat is safe.
 */
export async function reportReceipt(report: CompiledReport, job: ReportJob, { send, keep }: ReportPorts, signal: AbortSignal): Promise<ReportEnd> {
  const steps = report.flows[job.flow];
  if (steps === undefined) return { end: 'refused', reason: `no${job.flow.charAt(0).toUpperCase()}${job.flow.slice(1)}` };
  const ways = waysOf(report.definition, job.guest, job.progress);
  let { kept } = job.progress;
  let [way] = ways;
  let isTaken = job.progress.step > 0;
  let serverTime: { readonly serverTime?: number } = {};
  for (let at = job.progress.step; at < steps.length; ) {
    const step = steps[at];
    if (step === undefined) break;
    if (step.when !== undefined && reportScope({ ...job, way, kept, step: step.id }, report.definition).names(step.when) === undefined) {
      at += 1;
      continue;
    }
    const outcome = await takeStep(report.definition, step, { ...job, way, kept, step: step.id }, send, signal);
    serverTime = outcome.serverTime === undefined ? serverTime : { serverTime: outcome.serverTime };
    if (outcome.end === 'codeSpent') {
      const next = ways[ways.findIndex((each) => each === way) + 1];
      if (at > 0 || next === undefined) return { end: 'refused', reason: outcome.reason ?? 'codeSpent', ...(isTaken ? {} : { nothing: true }), ...serverTime };
      way = next;
      continue;
    }
    if (outcome.end !== 'done') return isTaken ? begun(outcome) : outcome.end === 'refused' ? { ...outcome, nothing: true } : outcome;
    isTaken = true;
    kept = { ...kept, ...outcome.kept };
    if (outcome.already) return { end: 'done', kept, already: true, ...serverTime };
    at += 1;
    if (at < steps.length) await keep({ step: at, kept, ...(way === undefined ? {} : { way }) });
  }
  return { end: 'done', kept, already: false, ...serverTime };
}

/** What was begun stays begun, even where the next step never left. */
function begun(end: ReportEnd): ReportEnd {
  if (end.end !== 'retry') return end;
  const { reason, retryAfterMs, serverTime } = end;
  return { end: 'retry', reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }), ...(serverTime === undefined ? {} : { serverTime }) };
}

/** The ways that there are for this guest, in the platform's order; the one that began a report goes on with it. */
export function waysOf(report: ReportDefinition, guest: Guest, { step, way }: ReportProgress = NO_PROGRESS): readonly GuestWay[] {
  if (step > 0) return way === undefined ? [] : [way];
  return report.guest.filter((each) => guest[each] !== undefined);
}

type StepEnd = ReportEnd | { readonly end: 'codeSpent'; readonly reason?: string; readonly serverTime?: number };

async function takeStep(report: ReportDefinition, step: CompiledStep, facts: ReportFacts & Pick<ReportJob, 'repeated'>, send: SendReport, signal: AbortSignal): Promise<StepEnd> {
  let request: WrittenRequest;
  try {
    request = step.write(reportScope(facts, report));
  } catch (error) {
    if (error instanceof MissingValueError) return { end: 'refused', reason: `missing ${error.template.slice(0, 60)}` };
    throw error;
  }
  const answer = await send(request, step.format, signal);
  if ('failure' in answer) return { end: 'retry', reason: answer.reason, ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }), ...(answer.failure === 'unsent' ? { unsent: true } : {}) };
  const time = answer.serverTime === undefined ? {} : { serverTime: answer.serverTime };
  const { then, reason } = step.judge(answer) ?? usual(answer);
  switch (then) {
    case 'done':
    case 'already':
      return { end: 'done', already: then === 'already', kept: step.keep(answer), ...time };
    case 'alreadyOrRefused':
      return facts.repeated ? { end: 'done', already: true, kept: {}, ...time } : { end: 'refused', reason: reason ?? `${step.id}Refused`, ...time };
    case 'codeSpent':
      return { end: 'codeSpent', ...(reason === undefined ? {} : { reason }), ...time };
    case 'refused':
      return { end: 'refused', reason: reason ?? `${step.id}Refused`, ...time };
    case 'retry':
      return { end: 'retry', reason: reason ?? `http${answer.status}`, ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }), ...time };
  }
}

/** What answers mean that no rule knows. One that says yes in words that nobody knows may have booked: the same key again, until it is clear. */
function usual({ status, tree }: Answer): { readonly then: ReportVerdict; readonly reason: string } {
  if (status === 401 || status === 403) return { then: 'retry', reason: 'authError' };
  if (status === 429) return { then: 'retry', reason: 'rateLimited' };
  // a refusal in the platform's own format is one; a page of whoever stands in between is not
  if (status >= 400 && status < 500 && status !== 408 && tree !== undefined) return { then: 'refused', reason: `http${status}` };
  return { then: 'retry', reason: status >= 500 || status === 408 ? `http${status}` : 'badResponse' };
}
