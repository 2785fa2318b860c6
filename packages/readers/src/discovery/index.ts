export { listSerialDevices, type DiscoveryContext, type SerialDevice } from './list.js';
export { probeSerialPath, type SerialProbe } from './probe.js';
export { SYSTEM_ROOTS, type SystemRoots } from './roots.js';
export { listHidNodes, OEM_PAGE, POS_SCANNER, type HidNode } from './hidraw.js';
export { listScanners, type ScannerContext, type ScannerDevice, type SuggestedReader, type Usable } from './scanners.js';
export { listKeyboardNodes, type KeyboardNode } from './inputs.js';
export { describeDevice, locateHid, locateKeyboard, type DeviceWhere, type Located } from './locate-node.js';
