import { COUPON_GIFTS, TillbridgeError, type CouponGift, type Secret } from '@tillbridge/core';
import { compilePath, type TreePath } from './answer-tree.js';
import type { AcceptDefinition, PlatformDefinition, SettingDefinition } from './definition.js';
import { filterChain, type Filter } from './filters.js';
import { compileRules, patternOf, RuleProblem, type CompiledRule, type Fill } from './judge.js';
import { compileRequest, namesOf, type CompiledRequest } from './request.js';
import type { AnswerFormat, AnswerRule, ResponseDefinition } from './response-schema.js';
import { compileTemplateText, type Template, type Values } from './template.js';

/** What the integrator gives. */
export interface PlatformSettings {
  readonly baseUrl?: string;
  readonly vars: Readonly<Record<string, string | readonly string[]>>;
  readonly secrets: Readonly<Record<string, Secret>>;
}

export interface CompiledAccept {
  readonly name: string;
  readonly kind: AcceptDefinition['kind'];
  readonly of: AcceptDefinition['of'];
  readonly when: RegExp | undefined;
  readonly normalise: Filter | undefined;
  readonly oneTime: boolean;
  readonly calls: readonly string[];
  readonly answer: Template | undefined;
}

export interface CompiledResponse {
  readonly format: AnswerFormat;
  readonly contentTypes: readonly string[];
  readonly rules: readonly CompiledRule<AnswerRule>[];
  readonly number: readonly TreePath[] | undefined;
  readonly kind: ResponseDefinition['fields']['kind'];
  readonly customer: readonly TreePath[];
  readonly session: readonly TreePath[];
  readonly confirmation: readonly TreePath[];
  readonly newCustomer: readonly TreePath[];
  /** What a coupon gives, by the values of one place. */
  readonly gives: { readonly path: TreePath; readonly words: ReadonlyMap<string, CouponGift> } | undefined;
  /** Whether a text is something, by the platform's own words. */
  readonly says: (text: string) => boolean;
  /** The same, for a number. */
  readonly accepts: (text: string) => boolean;
}

/** A platform that can be asked: every template, path and rule of it was looked at. */
export interface CompiledPlatform {
  readonly definition: PlatformDefinition;
  readonly baseUrl: URL;
  /** Variables and secrets by the names that templates use. */
  readonly values: Values;
  /** Every one of them that was given or has a default. */
  readonly settingNames: readonly string[];
  readonly accepts: readonly CompiledAccept[];
  /** Fills variables into rules and paths. */
  readonly fill: Fill;
  readonly calls: ReadonlyMap<string, CompiledRequest>;
  readonly responseOf: (call: string) => CompiledResponse;
}

/** Required settings that nobody gave, in the order of the definition. */
export function missingSettings(definition: PlatformDefinition, settings: PlatformSettings): readonly SettingDefinition[] {
  const given = (key: string): boolean => {
    if (key === 'baseUrl') return (settings.baseUrl ?? definition.baseUrl) !== undefined;
    const [group, name = ''] = key.split('.');
    return group === 'secrets' ? Object.hasOwn(settings.secrets, name) : (settings.vars[name] ?? '').length > 0;
  };
  return definition.settings.filter(({ key, required, default: fallback }) => required && fallback === undefined && !given(key));
}

/** Names that an engine gives beside variables and secrets; see docs/platforms.md. */
const OWN_NAMES = /^(id|code|token|confirmation|nowIso|nowLocal|nowEpoch|nowMs|uuid|scanId|reader|till|store|machine|match\.\w+)$/;

/** @throws {TillbridgeError} `TB_TRANSLATE_HTTP_SPEC`, `TB_TRANSLATE_HTTP_TEMPLATE`: the definition is wrong, or a setting that it needs is missing */
export function compilePlatform(definition: PlatformDefinition, settings: PlatformSettings): CompiledPlatform {
  const refuse = (place: string, problem: string): never => {
    throw new TillbridgeError('TB_TRANSLATE_HTTP_SPEC', { place: `${definition.id} ${place}`, problem });
  };
  const [missing] = missingSettings(definition, settings);
  if (missing !== undefined) refuse(missing.key, 'is not given');
  const values = settingValues(definition, settings);
  const known = new Set(definition.settings.map(({ key }) => key));
  const checkNames = (place: string, names: readonly string[]): void => {
    for (const name of names) if (!OWN_NAMES.test(name) && values(name) === undefined) refuse(place, known.has(name) ? `needs ${name}` : `{{${name}}} is nothing that there is`);
  };
  const calls = new Map(
    Object.entries(definition.calls).map(([name, request]) => {
      const compiled = compileRequest(request);
      checkNames(`calls.${name}`, namesOf(compiled));
      return [name, compiled] as const;
    }),
  );
  const accepts = definition.accept.map((accept, index) => compileAccept(accept, (problem) => refuse(`accept[${index}]`, problem)));
  for (const { calls: wanted, name } of accepts) for (const call of wanted) if (!calls.has(call)) refuse(`accept ${name}`, `there is no call ${call}`);
  if (definition.confirm !== undefined && !calls.has(definition.confirm.call)) refuse('confirm', `there is no call ${definition.confirm.call}`);
  const fill = fillOf(definition, settings);
  const usual = compileResponse(definition.response, fill, (problem) => refuse('response', problem));
  const own = new Map(Object.entries(definition.responses).map(([call, response]) => [call, compileResponse(response, fill, (problem) => refuse(`responses.${call}`, problem))]));
  const settingNames = [...new Set([...known, ...Object.keys(settings.vars).map((name) => `vars.${name}`), ...Object.keys(settings.secrets).map((name) => `secrets.${name}`)])].sort();
  return { definition, baseUrl: urlOf(definition, settings, refuse), values, settingNames, fill, accepts, calls, responseOf: (call) => own.get(call) ?? usual };
}

function compileAccept(accept: AcceptDefinition, refuse: (problem: string) => never): CompiledAccept {
  const { call, answer, when, normalise } = accept;
  if ((call === undefined) === (answer === undefined)) refuse('needs either call or answer');
  return {
    name: accept.name ?? accept.kind,
    kind: accept.kind,
    of: accept.of,
    when: when === undefined ? undefined : (patternOf(when) ?? refuse('when is no regular expression')),
    normalise: normalise === undefined ? undefined : (filterChain(normalise) ?? refuse('normalise has a filter that there is not')),
    oneTime: accept.oneTime,
    calls: call === undefined ? [] : typeof call === 'string' ? [call] : call,
    answer: answer === undefined ? undefined : compileTemplateText(answer.number),
  };
}

function compileResponse(response: ResponseDefinition, fill: Fill, refuse: (problem: string) => never): CompiledResponse {
  const { fields, empty, check } = response;
  const paths = (texts: readonly string[] | undefined): readonly TreePath[] =>
    (texts ?? []).flatMap((text) => (fill(text) ?? []).map((filled) => compilePath(filled) ?? refuse(`${filled} is no path`)));
  const pattern = check === undefined ? undefined : (patternOf(fill(check.pattern)?.[0] ?? check.pattern) ?? refuse('check.pattern is no regular expression'));
  const nothing = new Set(empty);
  return {
    format: response.format,
    contentTypes: response.contentTypes ?? [],
    rules: rulesOf(response.rules, fill, refuse),
    number: fields.number === undefined ? undefined : paths(fields.number),
    kind: fields.kind,
    customer: paths(fields.customer),
    session: paths(fields.session),
    confirmation: paths(fields.confirmation),
    newCustomer: paths(fields.newCustomer),
    gives: givesOf(fields.gives, fill, refuse),
    says: (text) => !nothing.has(text),
    accepts: (text) => !nothing.has(text) && text.length <= 256 && pattern?.test(text) !== false,
  };
}

function givesOf(gives: ResponseDefinition['fields']['gives'], fill: Fill, refuse: (problem: string) => never): CompiledResponse['gives'] {
  const [text] = gives === undefined ? [] : (fill(gives.path) ?? []);
  if (gives === undefined || text === undefined) return undefined;
  const words = COUPON_GIFTS.flatMap((gift) => gives[gift].flatMap((value) => (typeof value === 'string' ? (fill(value) ?? []) : [String(value)])).map((value) => [value, gift] as const));
  return { path: compilePath(text) ?? refuse(`${text} is no path`), words: new Map(words) };
}

function rulesOf(rules: readonly AnswerRule[], fill: Fill, refuse: (problem: string) => never): readonly CompiledRule<AnswerRule>[] {
  try {
    return compileRules(rules, fill);
  } catch (error) {
    return refuse(error instanceof RuleProblem ? error.message : 'cannot be read');
  }
}

function settingOf(definition: PlatformDefinition, settings: PlatformSettings, name: string): readonly string[] | undefined {
  const value = Object.hasOwn(settings.vars, name) ? settings.vars[name] : definition.settings.find(({ key }) => key === `vars.${name}`)?.default;
  if (value === undefined) return undefined;
  return typeof value === 'string' ? [value] : value;
}

function settingValues(definition: PlatformDefinition, settings: PlatformSettings): Values {
  return (name) => {
    const [group, key = ''] = name.split('.');
    if (group === 'secrets') return Object.hasOwn(settings.secrets, key) ? settings.secrets[key]?.reveal() : undefined;
    const list = group === 'vars' ? settingOf(definition, settings, key) : undefined;
    // an empty one is one that was left open
    return list === undefined || list.join(',') === '' ? undefined : list.join(',');
  };
}

/** `{{vars.NAME}}` in paths and lists of the declaration. */
export function fillOf(definition: PlatformDefinition, settings: PlatformSettings): Fill {
  return (text) => {
    const whole = /^\{\{vars\.([A-Za-z][A-Za-z0-9]*)\}\}$/.exec(text)?.[1];
    if (whole !== undefined) return settingOf(definition, settings, whole)?.filter((value) => value !== '');
    const valueOf = (name: string): string => settingOf(definition, settings, name)?.[0] ?? '';
    const names = [...text.matchAll(IN_TEXT)].map(([, name = '']) => name);
    if (names.some((name) => valueOf(name) === '')) return undefined;
    return [text.replace(IN_TEXT, (_, name: string) => valueOf(name))];
  };
}

const IN_TEXT = /\{\{vars\.([A-Za-z][A-Za-z0-9]*)\}\}/g;

function urlOf({ baseUrl }: PlatformDefinition, settings: PlatformSettings, refuse: (place: string, problem: string) => never): URL {
  const text = settings.baseUrl ?? baseUrl ?? refuse('baseUrl', 'is not given');
  const url = URL.canParse(text) ? new URL(text) : refuse('baseUrl', 'is no address');
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    refuse('baseUrl', 'is http or https, without user, query and fragment');
  }
  return url;
}
