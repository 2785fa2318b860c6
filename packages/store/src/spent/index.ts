export { SpentCodeFile, type SpentCodeFileOptions } from './spent-file.js';
