export { StationsSwitch } from './stations-switch.js';
