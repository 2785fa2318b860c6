export { noHttpFaults, type HttpFaults } from './faults.js';
export { JsonServer, type JsonCall, type JsonReply } from './json-server.js';
