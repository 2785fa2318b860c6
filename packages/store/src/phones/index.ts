export type { KeptPhone, PhoneListChange } from './phone-record.js';
export { phoneListOf, type PhoneList } from './phone-list.js';
export { changePhones, readPhones } from './phone-table.js';
