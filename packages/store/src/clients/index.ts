export type { ClientChange, ClientRecord } from './client-record.js';
export { changeClients, readClients } from './client-table.js';
export { createClientWriter, type ClientWriter } from './client-writer.js';
