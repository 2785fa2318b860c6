import { compileTemplateText, isLeftOut, renderTemplateText, type Template } from '../http/template.js';
import { LISTS, type BodyTemplate } from './body-schema.js';
import type { ReportScope, Scope } from './values.js';

/** The texts of one declaration, each compiled once. */
export class Templates {
  readonly #compiled = new Map<string, Template>();

  /** @throws {TillbridgeError} `TB_TRANSLATE_HTTP_TEMPLATE` */
  get(text: string): Template {
    let template = this.#compiled.get(text);
    if (template === undefined) {
      template = compileTemplateText(text);
      this.#compiled.set(text, template);
    }
    return template;
  }
}

/** A number as it is to be written: money and quantities keep their digits. */
export class WrittenNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A body with everything filled in. */
export type Body = null | boolean | string | WrittenNumber | readonly Body[] | { readonly [name: string]: Body };

/** A value that the template needs is not there. `template` is the declaration's text, nobody's data. */
export class MissingValueError extends Error {
  readonly template: string;

  constructor(template: string) {
    super(`nothing for ${template}`);
    this.name = 'MissingValueError';
    this.template = template;
  }
}

const OMIT = Symbol('left out');
type Filled = Body | typeof OMIT;

/** Fills a body in. @throws {MissingValueError} */
export function renderBody(template: BodyTemplate, scope: ReportScope, templates: Templates): Body {
  const body = fill(template, scope.names, scope, templates);
  return body === OMIT ? null : body;
}

function fill(node: BodyTemplate, names: Scope, scope: ReportScope, templates: Templates): Filled {
  if (node === null || typeof node === 'boolean') return node;
  if (typeof node === 'number') return new WrittenNumber(String(node));
  if (typeof node === 'string') return fillText(node, names, templates);
  if (isList(node)) return node.map((each) => fill(each, names, scope, templates)).filter((each) => each !== OMIT);
  if ('$flag' in node) return names(textIn(node, '$flag')) !== undefined;
  if ('$if' in node) return fillChoice(node, names, scope, templates);
  if ('$each' in node) return fillEach(node, scope, templates);
  const members: Record<string, Body> = {};
  for (const [name, value] of Object.entries(node)) {
    const filled = fill(value, names, scope, templates);
    if (filled !== OMIT) members[name.includes('{{') ? nameOf(name, names, templates) : name] = filled;
  }
  return members;
}

function fillText(text: string, names: Scope, templates: Templates): Filled {
  const template = templates.get(text);
  if (isLeftOut(template, names)) return OMIT;
  const filled = renderTemplateText(template, names, 'none');
  if (filled === undefined) throw new MissingValueError(text);
  const [only, ...more] = template.parts;
  const bare = only === undefined || more.length > 0 || typeof only === 'string' ? undefined : only.bare;
  if (bare === undefined) return filled;
  if (!BARE[bare].test(filled)) throw new MissingValueError(text);
  return bare === 'boolean' ? filled === 'true' : new WrittenNumber(filled);
}

/** As JSON has them (RFC 8259). */
const BARE = { number: /^-?(?:0|[1-9]\d{0,40})(?:\.\d{1,40})?$/, boolean: /^(?:true|false)$/ } as const;

type Fields = Readonly<Record<string, BodyTemplate>>;

function fillChoice(node: Fields, names: Scope, scope: ReportScope, templates: Templates): Filled {
  const chosen = names(textIn(node, '$if')) === undefined ? node['$else'] : node['$then'];
  return chosen === undefined ? OMIT : fill(chosen, names, scope, templates);
}

function fillEach(node: Fields, scope: ReportScope, templates: Templates): Filled {
  const list = LISTS.find((name) => name === node['$each']);
  const item = node['$item'];
  if (list === undefined || item === undefined) throw new MissingValueError(textIn(node, '$each'));
  return scope.list(list).map((names) => fill(item, names, scope, templates)).filter((each) => each !== OMIT);
}

/** Names of members may be a project's own: `{{vars.orderId}}`. */
function nameOf(text: string, names: Scope, templates: Templates): string {
  const name = renderTemplateText(templates.get(text), names, 'none');
  if (name === undefined) throw new MissingValueError(text);
  return name;
}

function textIn(node: Fields, key: string): string {
  const value = node[key];
  return typeof value === 'string' ? value : '';
}

function isList(node: BodyTemplate): node is readonly BodyTemplate[] {
  return Array.isArray(node);
}
