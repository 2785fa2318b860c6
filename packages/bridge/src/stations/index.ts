export { StationServices, type StationService } from './services.js';
export { StationsSwitch } from './stations-switch.js';
