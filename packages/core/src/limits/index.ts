export { BREAKER, CircuitBreaker, type BreakerEvent, type BreakerOptions, type BreakerState } from './breaker.js';
export { TokenBucket, type Rate } from './token-bucket.js';
