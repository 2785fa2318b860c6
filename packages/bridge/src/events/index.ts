export { EventHub, type EventHubOptions, type EventSink, type Origin, type SubscribeOptions, type Subscription } from './event-hub.js';
export type { NewEvent, RingEntry } from './event-ring.js';
export { publishPipeline } from './pipeline-events.js';
export { ALL_GRANTS, grantsOf, type Grants } from './visible.js';
