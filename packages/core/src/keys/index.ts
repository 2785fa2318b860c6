export { keyOfUsage, USAGE_OF_KEY } from './linux-keys.js';
export { US_MAP } from './us-map.js';
