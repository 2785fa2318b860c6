import { compilePath, select, textOf, type TreePath } from '../http/answer-tree.js';
import { compileRules, firstThatHolds, RuleProblem, type Answer, type CompiledRule, type Fill } from '../http/judge.js';
import { compileRequest, namesOf, writeRequest, type CompiledRequest, type WrittenRequest } from '../http/request.js';
import { MissingValueError, renderBody, Templates } from './body.js';
import type { BodyTemplate } from './body-schema.js';
import type { ReportDefinition, ReportRule, ReportStep } from './definition.js';
import type { ReportScope } from './values.js';
import { writeJson, writeXml } from './write-body.js';

export type ReportFlow = 'sale' | 'lateSale' | 'return' | 'cancel' | 'discard';

/** A step that can be taken. */
export interface CompiledStep {
  readonly id: string;
  /** Passed over where this value is not there. */
  readonly when: string | undefined;
  readonly format: ReportStep['format'];
  /** Variables and secrets without which it cannot be written. */
  readonly settings: readonly string[];
  /** @throws {MissingValueError} */
  readonly write: (scope: ReportScope) => WrittenRequest;
  readonly judge: (answer: Answer) => ReportRule | undefined;
  readonly keep: (answer: Answer) => Readonly<Record<string, string>>;
}

/** A report whose every template, path and rule was looked at. */
export interface CompiledReport {
  readonly definition: ReportDefinition;
  readonly flows: Readonly<Partial<Record<ReportFlow, readonly CompiledStep[]>>>;
  /** So many coupons of a sale the platform can be told of. */
  readonly coupons: number;
}

/** A step cannot be used; `place` names where. */
export class ReportProblem extends Error {
  readonly place: string;

  constructor(place: string, problem: string) {
    super(problem);
    this.name = 'ReportProblem';
    this.place = place;
  }
}

/**
 * @throws {ReportProblem}
 * @throws {TillbridgeError} `TB_TRANSLATE_HTTP_TEMPLATE`
 */
export function compileReport(definition: ReportDefinition, fill: Fill): CompiledReport {
  const templates = new Templates();
  const steps = (flow: ReportFlow): readonly CompiledStep[] | undefined => definition[flow]?.map((step) => compileStep(step, `report.${flow}.${step.id}`, fill, templates));
  const flows = Object.fromEntries((['sale', 'lateSale', 'return', 'cancel', 'discard'] as const).map((flow) => [flow, steps(flow)] as const).filter(([, list]) => list !== undefined));
  const written = JSON.stringify(definition.sale.map(({ request }) => request));
  const coupons = written.includes('"$each":"coupons"') ? Number.POSITIVE_INFINITY : written.includes('{{coupon') ? 1 : 0;
  return { definition, flows, coupons };
}

function compileStep(step: ReportStep, place: string, fill: Fill, templates: Templates): CompiledStep {
  const { json, xml, ...rest } = step.request;
  const type = json !== undefined ? 'application/json; charset=utf-8' : xml === undefined ? undefined : 'text/xml; charset=utf-8';
  const request = compileRequest({ ...rest, ...(type === undefined || rest.contentType !== undefined ? {} : { contentType: type }) });
  const rules = rulesOf(step.rules, place, fill);
  const keep = Object.entries(step.keep).map(([name, paths]) => [name, paths.map((path) => pathOf(path, place, fill))] as const);
  const inBody = namesIn(json ?? xml ?? null, templates);
  return {
    id: step.id,
    when: step.when,
    format: step.format,
    settings: [...new Set([...namesOf(request), ...inBody])].filter((name) => /^(vars|secrets)\./.test(name)),
    write: (scope) => write(request, json, xml, scope, templates),
    judge: (answer) => firstThatHolds(rules, answer)?.rule,
    keep: (answer) => Object.fromEntries(keep.flatMap(([name, paths]) => {
      const found = firstText(answer, paths);
      return found === undefined ? [] : [[name, found]];
    })),
  };
}

function rulesOf(rules: readonly ReportRule[], place: string, fill: Fill): readonly CompiledRule<ReportRule>[] {
  try {
    return compileRules(rules, fill);
  } catch (error) {
    if (error instanceof RuleProblem) throw new ReportProblem(place, error.message);
    throw error;
  }
}

function pathOf(text: string, place: string, fill: Fill): TreePath {
  const path = compilePath(fill(text)?.[0] ?? text);
  if (path === undefined) throw new ReportProblem(place, `${text} is no path`);
  return path;
}

/** The names that a body needs; every text of it is compiled before the first receipt. */
function namesIn(node: BodyTemplate, templates: Templates): readonly string[] {
  if (typeof node === 'string') return templates.get(node).names;
  if (node === null || typeof node !== 'object') return [];
  // what stands under a condition may never be needed
  if ('$if' in node) {
    for (const value of [node['$then'], node['$else']]) if (value !== undefined) namesIn(value, templates);
    return [];
  }
  return Object.entries(node as Readonly<Record<string, BodyTemplate>>).flatMap(([name, value]) => (['$each', '$flag'].includes(name) ? [] : [...namesIn(name.includes('{{') ? name : null, templates), ...namesIn(value, templates)]));
}

function write(request: CompiledRequest, json: BodyTemplate | undefined, xml: BodyTemplate | undefined, scope: ReportScope, templates: Templates): WrittenRequest {
  const written = writeRequest(request, scope.names);
  if (written === undefined) throw new MissingValueError(namesOf(request).find((name) => scope.names(name) === undefined) ?? 'the request');
  if (json !== undefined) return { ...written, body: writeJson(renderBody(json, scope, templates)) };
  if (xml === undefined) return written;
  const body = writeXml(renderBody(xml, scope, templates));
  if (body === undefined) throw new MissingValueError('a text that XML can carry');
  return { ...written, body };
}

function firstText({ tree }: Answer, paths: readonly TreePath[]): string | undefined {
  if (tree === undefined) return undefined;
  for (const path of paths) for (const value of select(tree, path)) {
    const text = textOf(value);
    if (text !== undefined && text.length <= LONGEST_KEPT) return text;
  }
  return undefined;
}

/** A ticket or id; longer ones are none. */
const LONGEST_KEPT = 500;
