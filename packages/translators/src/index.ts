export { createRuleTranslator, type RuleTranslatorOptions } from './rule-translator.js';
export { createTableTranslator, type CardLookup, type CardLookupRow, type TableTranslatorOptions } from './table-translator.js';
