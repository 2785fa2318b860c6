export { describeAdapter, type AdapterFixture, type MakeAdapter } from './adapter.js';
export { describeTranslator, type TranslatorFixture } from './translator.js';
