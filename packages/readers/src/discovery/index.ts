export { listSerialDevices, type DiscoveryContext, type SerialDevice } from './list.js';
export { probeSerialPath, type SerialProbe } from './probe.js';
export { SYSTEM_ROOTS, type SystemRoots } from './roots.js';
