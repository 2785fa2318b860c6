export { Delivery } from './delivery.js';
export { refusedTicket, TillLane, type LaneOptions, type LanePorts, type Ticket } from './lane.js';
export { REJECT_ALL, type RefusalPolicies, type RefusalPolicy } from './refusal.js';
export { ASKED_MS, MAX_SPENT, SPENT_MS, SpentInMemory, spentKey, type Asking, type SpentCodes, type SpentNames } from './spent.js';
export { TRANSITIONS, type DeliveryEffect, type DeliveryEvent, type DeliveryState, type Transition } from './states.js';
