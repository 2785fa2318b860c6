export { ean13CheckDigit, luhnCheckDigit } from './check-digits.js';
export { compileTemplate, renderTemplate, usesVariable, type Template, type TemplateVariable } from './template.js';
export { compileOutput, renderOutput, SUFFIXES, type OutputOptions, type OutputTemplates, type SuffixName } from './output.js';
