export { SimulatedCashServer, XML_PATH, type CashServerOptions } from './cash-server.js';
export type { ShownMessage } from './commands.js';
export { noFaults, type RkeeperFaults } from './faults.js';
export { MCR_DEVICES, runMcr, standardAlgorithms, type McrAlgorithm, type McrDeviceType, type McrMatch, type McrScope } from './mcr.js';
export { Restaurant, type Books, type Card, type Discount, type Guest, type Item, type Order, type RestaurantOptions } from './restaurant.js';
