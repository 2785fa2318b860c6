import { compileOutput, compileTemplate, isTillbridgeError, type OutputOptions } from '@tillbridge/core';
import { nestedRepetition } from '../regex-shape.js';
import { formatKeyPath, type Finding } from '../problem.js';
import { say } from '../texts.js';
import { fieldsOf, textAt, type Entry, type Outline } from './outline.js';

/** Expressions and templates: compiled here, so that nothing fails at the first scan. */
export function checkCodes(outline: Outline): readonly Finding[] {
  return [
    ...outline.codes.flatMap(checkMatch),
    ...outline.translators.flatMap(checkNumber),
    ...tables(outline.translators),
    ...outline.tills.flatMap(checkOutput),
  ];
}

/** The expression of a code as classification uses it. */
export function compileMatch(source: string): RegExp {
  return new RegExp(source, 'u');
}

function checkMatch(code: Entry): readonly Finding[] {
  const source = textAt(code, 'match');
  return source === undefined ? [] : checkExpression(source, [...code.path, 'match']);
}

/** Whether a text is an expression that may be tried on whatever stands on a QR; that is in `path`. */
export function checkExpression(source: string, path: Finding['path']): readonly Finding[] {
  if (source === '') return [];
  let expression: RegExp;
  try {
    expression = compileMatch(source);
  } catch (error) {
    // V8 repeats the expression in front of what is wrong with it
    const problem = error instanceof Error ? error.message.replace(/^Invalid regular expression: \/[^]*\/\w*: /, '') : String(error);
    return [{ path, text: say('badRegex', { problem }) }];
  }
  const part = nestedRepetition(source);
  if (part !== undefined) return [{ path, text: say('slowRegex', { part }) }];
  return expression.test('') ? [{ path, text: say('emptyRegex') }] : [];
}

function checkNumber(translator: Entry): readonly Finding[] {
  const number = textAt(translator, 'number');
  return number === undefined ? [] : templateFinding(() => compileTemplate(number), [...translator.path, 'number']);
}

function tables(translators: readonly Entry[]): readonly Finding[] {
  const all = translators.filter((translator) => textAt(translator, 'type') === 'table');
  return all.slice(1).map((table) => ({ path: table.path, text: say('tableTwice', { other: formatKeyPath(all[0]?.path ?? []) }) }));
}

/** The keys of a till that make up its output. What the schema refuses anyway is left out here. */
export function outputOptions(fields: Readonly<Record<string, unknown>>): OutputOptions {
  const keys = ['template', 'prefix', 'suffix', 'pad', 'track2'];
  return Object.fromEntries(keys.filter((key) => key in fields).map((key) => [key, fields[key]]));
}

function checkOutput(till: Entry): readonly Finding[] {
  const options = outputOptions(till.fields);
  if (!['virtual-com', 'keyboard'].includes(textAt(till, 'adapter') ?? '') || Object.keys(options).length === 0) return [];
  if ('template' in till.fields && !isTemplate(till.fields['template'])) return [];
  const { template } = options;
  const key = template !== undefined ? 'template' : 'prefix' in options ? 'prefix' : 'track2' in options ? 'track2' : 'pad' in options ? 'pad' : 'suffix';
  if (typeof template !== 'object') return templateFinding(() => compileOutput(options), [...till.path, key]);
  return Object.entries(template).flatMap(([kind, text]) =>
    templateFinding(() => compileOutput({ ...options, template: text }), [...till.path, key, kind]),
  );
}

function isTemplate(value: unknown): boolean {
  return typeof value === 'string' || Object.values(fieldsOf(value) ?? { none: null }).every((text) => typeof text === 'string');
}

export function templateFinding(compile: () => unknown, path: Finding['path']): readonly Finding[] {
  try {
    compile();
    return [];
  } catch (error) {
    // values of a wrong type are the schema's to refuse
    if (!isTillbridgeError(error)) return [];
    return [{ path, text: { en: error.text('en'), ru: error.text('ru') } }];
  }
}
