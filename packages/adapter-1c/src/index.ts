export { AddinTill } from './addin/addin-till.js';
export { AddinListeners, type AddinListener, type ListenerPorts } from './addin/listener.js';
export { DEFAULT_LISTEN, type AddinContext, type AddinTillOptions } from './addin/options.js';
export { cardText, MAX_CARD_TEXT, type CardCharset, type CardRefusal } from './card-text.js';
export { createDeviceTill } from './device/device-till.js';
export { CardCheck, type CardCheckOptions } from './odata/card-check.js';
export { createCheckedTill, type CheckedTillOptions } from './odata/checked-till.js';
