export { LockOut, type LockView } from './lock-out.js';
export { CLIENT_RATE, PAGE_RATE, PUBLIC_RATE, RateLimit, type Rate } from './rate-limit.js';
