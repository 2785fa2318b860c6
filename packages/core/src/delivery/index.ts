export { Delivery } from './delivery.js';
export { refusedTicket, TillLane, type LaneOptions, type LanePorts, type Ticket } from './lane.js';
export { REJECT_ALL, type RefusalPolicies, type RefusalPolicy } from './refusal.js';
export { TRANSITIONS, type DeliveryEffect, type DeliveryEvent, type DeliveryState, type Transition } from './states.js';
