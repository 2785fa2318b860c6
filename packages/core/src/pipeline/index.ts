export type { Explanation, Injected, Injection } from './injection.js';
export { CounterSet, type Counters } from './counters.js';
export { Emitter, type OutcomeEvent, type PipelineEvents, type Unsubscribe } from './events.js';
export { NO_RULES, Pipeline, type PipelinePorts, type ReaderSettings, type Rules } from './pipeline.js';
export { ReaderSession, type SessionParts, type SessionTarget } from './reader-session.js';
export { routeOf, type Route } from './routes.js';
