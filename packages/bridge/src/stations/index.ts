export { type Lockout, type StationRefusal } from './admission.js';
export { type HeldDelivery, type StationDeliveries } from './leases.js';
export { startStations, type RateLimit, type StationsListener, type StationsOptions } from './listener.js';
