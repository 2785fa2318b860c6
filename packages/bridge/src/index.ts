export {
  configJsonSchema,
  formatProblem,
  hostsOf,
  parseConfig,
  type Config,
  type ConfigProblem,
  type LoadedConfig,
  type ParseOptions,
  type RefusedConfig,
} from './config/index.js';
export { productVersion } from './version.js';
