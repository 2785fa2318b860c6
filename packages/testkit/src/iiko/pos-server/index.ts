export { noPosServerFaults, type PosServerFaults } from './faults.js';
export { SimulatedPosServer, type PosServerGuest, type PosServerHall, type PosServerOptions } from './pos-server.js';
