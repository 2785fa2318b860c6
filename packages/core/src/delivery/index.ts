export type { ScanWay } from './way.js';
export { Delivery } from './delivery.js';
export type { AskedAhead } from './ahead.js';
export { TillLane } from './lane.js';
export type { Asked, LaneOptions, LanePorts } from './lane-ports.js';
export { refusedTicket, type Ticket } from './ticket.js';
export { REJECT_ALL, type RefusalPolicies, type RefusalPolicy } from './refusal.js';
export { ASKED_MS, MAX_SPENT, SPENT_MS, SpentInMemory, spentKey, type Asking, type SpentCodes, type SpentNames } from './spent.js';
export { TRANSITIONS, type DeliveryEffect, type DeliveryEvent, type DeliveryState, type Transition } from './states.js';
