export { Recent } from './recent.js';
export { Remembered } from './remembered.js';
export { samePhone } from './same-phone.js';
