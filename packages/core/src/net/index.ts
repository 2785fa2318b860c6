export { errorCodeOf, netProblemOf, type NetProblem } from './problem.js';
export { retryAfterMs } from './retry-after.js';
