import { compileOutput, NativeNumber, NUMBER_KINDS, renderOutput, type NumberKind, type OutputOptions } from '@tillbridge/core';
import type { Finding } from '../problem.js';
import { say, type Text } from '../texts.js';
import { checkExpression, outputOptions, templateFinding } from './codes.js';
import { fieldsOf, textAt, type Entry, type Outline } from './outline.js';

/**
 * What the preset MCR algorithms of r_keeper 7 take for something else than a guest's card: four digits are a staff card (vendor's list of
 * track formats), thirteen digits a dish's barcode, unless they begin with a 2, the prefix of in-store numbers.
 */
const PRESETS: readonly { readonly pattern: RegExp; readonly what: Text }[] = [
  { pattern: /^;?\d{4}\??$/, what: { en: 'staff cards', ru: 'карт персонала' } },
  { pattern: /^[013-9]\d{12}$/, what: { en: 'barcodes of dishes', ru: 'штрихкодов блюд' } },
];

/** What the schema cannot see of r_keeper tills. */
export function checkRkeeper({ tills }: Outline): readonly Finding[] {
  return tills.filter((till) => textAt(till, 'adapter') === 'rkeeper').flatMap(checkTill);
}

function checkTill(till: Entry): readonly Finding[] {
  const reserved = fieldsOf(till.fields['numbers'])?.['reserved'];
  const patterns: readonly unknown[] = Array.isArray(reserved) ? reserved : [];
  return [
    ...patterns.flatMap((source, i) => (typeof source === 'string' ? checkExpression(source, [...till.path, 'numbers', 'reserved', i]) : [])),
    ...checkTemplates(till),
  ];
}

/** Templates are compiled, and tried with numbers of the configured lengths. */
function checkTemplates(till: Entry): readonly Finding[] {
  const transport = textAt(till, 'transport');
  if (transport !== 'device' && transport !== 'station-script') return [];
  const template: unknown = till.fields['template'];
  const byKind = typeof template === 'string' ? undefined : fieldsOf(template);
  if (template !== undefined && typeof template !== 'string' && byKind === undefined) return [];
  if (byKind !== undefined && !Object.values(byKind).every((text) => typeof text === 'string')) return [];
  return NUMBER_KINDS.flatMap((kind): readonly Finding[] => {
    const own = byKind?.[kind];
    if (byKind !== undefined && own === undefined) return [];
    const path = own === undefined ? [...till.path, 'template'] : [...till.path, 'template', kind];
    // one template is one mistake, not one for each kind
    const broken = own === undefined && kind !== NUMBER_KINDS[0] ? [] : templateFinding(() => compileOutput(optionsOf(till, own)), path);
    return broken.length > 0 ? broken : clashes(till, kind, optionsOf(till, own), template === undefined ? [...till.path, 'transport'] : path);
  });
}

function optionsOf(till: Entry, own: unknown): OutputOptions {
  const given = outputOptions(till.fields);
  const script = textAt(till, 'transport') === 'station-script';
  return { ...(script ? { template: '{number}' } : {}), ...given, ...(typeof own === 'string' ? { template: own } : {}) };
}

/** The first length whose numbers would be staff or a dish once written. Numbers that are refused anyway are no danger. */
function clashes(till: Entry, kind: NumberKind, options: OutputOptions, path: Finding['path']): readonly Finding[] {
  const lengths: unknown = fieldsOf(fieldsOf(till.fields['numbers'])?.['length'])?.[kind];
  if (!Array.isArray(lengths)) return [];
  for (const length of lengths as readonly unknown[]) {
    if (typeof length !== 'number' || !Number.isInteger(length) || length < 1 || length > 64) continue;
    const sample = '4'.padEnd(length, '0');
    if (isReserved(till, sample)) continue;
    const text = written(kind, sample, options);
    const clash = text === undefined ? undefined : PRESETS.find(({ pattern }) => pattern.test(text));
    if (text !== undefined && clash !== undefined) return [{ path, text: say('reservedShape', { sample, text, what: clash.what }) }];
  }
  return [];
}

function isReserved(till: Entry, sample: string): boolean {
  const given: unknown = fieldsOf(till.fields['numbers'])?.['reserved'];
  const patterns: readonly unknown[] = Array.isArray(given) ? given : ['^\\d{4}$'];
  return patterns.some((source) => typeof source === 'string' && checkExpression(source, []).length === 0 && new RegExp(source).test(sample));
}

function written(kind: NumberKind, sample: string, options: OutputOptions): string | undefined {
  try {
    const bytes = renderOutput(compileOutput(options), new NativeNumber(kind, sample));
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes).replace(/\p{Cc}+$/u, '');
  } catch {
    return undefined;
  }
}
