export { EventHub, type EventHubOptions, type EventSink, type SubscribeOptions, type Subscription } from './event-hub.js';
export { publishPipeline } from './pipeline-events.js';
export { ALL_GRANTS, grantsOf, type Grants } from './visible.js';
export type {
  DeliveryBody,
  DeliveryFrame,
  EventBody,
  EventFrame,
  Frame,
  GapFrame,
  GoodsFrame,
  HelloFrame,
  OutcomeFrame,
  PartFrame,
  ScanFrame,
} from './frames.js';
