export { describeTranslator, type TranslatorFixture } from './translator.js';
