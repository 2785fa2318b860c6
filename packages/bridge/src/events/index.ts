export { EventHub, type EventHubOptions, type EventSink, type SubscribeOptions, type Subscription } from './event-hub.js';
export { publishPipeline } from './pipeline-events.js';
export { ALL_GRANTS, grantsOf, type Grants } from './visible.js';
