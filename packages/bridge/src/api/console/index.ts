export { answerFile } from './answer.js';
export { readConsole, type ConsoleFile } from './files.js';
