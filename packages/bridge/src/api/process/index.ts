export { ApiProcess, type ApiProcessOptions, type ApiServices } from './api-process.js';
