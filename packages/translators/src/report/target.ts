import { randomUUID } from 'node:crypto';
import { isoTime, TillbridgeError, type Clock } from '@tillbridge/core';
import { PlatformClient } from '../http/client.js';
import type { CompiledPlatform } from '../http/compile.js';
import { compileReport, ReportProblem, type CompiledReport, type ReportFlow } from './compile-report.js';
import type { SendReport } from './reporter.js';
import type { Scope } from './values.js';

/** A platform that can be told of receipts. */
export interface ReportTarget {
  /** Id of its description. */
  readonly preset: string;
  readonly report: CompiledReport;
  readonly send: SendReport;
  /** Variables and secrets of the configuration, and what is new in each request. */
  readonly settings: Scope;
  readonly close: () => Promise<void>;
}

export interface ReportTargetOptions {
  readonly platform: CompiledPlatform;
  /** Names of this store and machine, for templates. */
  readonly store?: string;
  readonly machine?: string;
  readonly ca?: string;
  readonly clock: Clock;
  /** 0 to 1. */
  readonly random: () => number;
}

/** Nobody stands at the till for it: a report may take longer than a look-up. In ms. */
const REQUEST_MS = 15_000;

/**
 * Makes the reporting side of a platform; nothing is sent. It has connections and a login of its own: a wave of receipts after an outage
 * never stands in the way of a look-up. `undefined` where the platform takes no receipts.
 *
 * @throws {TillbridgeError} `TB_TRANSLATE_HTTP_SPEC`, `TB_TRANSLATE_HTTP_TEMPLATE`
 */
export function createReportTarget({ platform, store, machine, ca, clock, random }: ReportTargetOptions): ReportTarget | undefined {
  const { id } = platform.definition;
  const report = compiled(platform);
  if (report === undefined) return undefined;
  const client = new PlatformClient({ platform, clock, random, timeoutMs: REQUEST_MS, ...(ca === undefined ? {} : { ca }) });
  const own: Readonly<Record<string, () => string | undefined>> = {
    nowIso: () => isoTime(clock.wall()),
    nowEpoch: () => String(Math.floor(clock.wall() / 1000)),
    nowMs: () => String(Math.floor(clock.wall())),
    uuid: () => randomUUID(),
    store: () => store,
    machine: () => machine,
  };
  return {
    preset: id,
    report: usable(report, platform.values, id),
    settings: (name) => (Object.hasOwn(own, name) ? own[name]?.() : platform.values(name)),
    send: async (request, format, signal) => {
      const sent = await client.send(request, { format, contentTypes: [], repeat: false }, signal);
      if (sent.kind === 'answer') return sent.answer;
      return { failure: sent.kind, reason: sent.reason, ...(sent.retryAfterMs === undefined ? {} : { retryAfterMs: sent.retryAfterMs }) };
    },
    close: () => client.close(),
  };
}

/**
 * Without the flows for which the configuration lacks something.
 *
 * @throws {TillbridgeError} `TB_TRANSLATE_HTTP_SPEC` where that is the sale itself
 */
function usable(report: CompiledReport, values: Scope, preset: string): CompiledReport {
  const lacks = (flow: ReportFlow): string | undefined => report.flows[flow]?.flatMap(({ settings }) => settings).find((name) => values(name) === undefined);
  const missing = lacks('sale');
  if (missing !== undefined) throw new TillbridgeError('TB_TRANSLATE_HTTP_SPEC', { place: `${preset} ${missing}`, problem: 'is not given, and receipts cannot be reported without it' });
  const flows = Object.fromEntries(Object.entries(report.flows).filter(([flow]) => lacks(flow as ReportFlow) === undefined));
  return { ...report, flows };
}

function compiled({ definition, fill }: CompiledPlatform): CompiledReport | undefined {
  if (definition.report === undefined) return undefined;
  try {
    return compileReport(definition.report, fill);
  } catch (error) {
    if (error instanceof ReportProblem) throw new TillbridgeError('TB_TRANSLATE_HTTP_SPEC', { place: `${definition.id} ${error.place}`, problem: error.message });
    throw error;
  }
}
