export { describeMatch, matchesUsb, type NodeFacts, type UsbFacts, type UsbMatch } from './identity.js';
export { createHotplug, type HotplugContext, type UsbWatcher } from './hotplug.js';
export { createTwinFilter, TwinReads, type TwinFilter } from './twins.js';
export type { Hotplug } from '../connection/arrival.js';
