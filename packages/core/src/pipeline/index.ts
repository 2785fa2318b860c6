export type { Explanation, Injected, Injection } from './injection.js';
export { CounterSet, type Counters } from './counters.js';
export { Emitter, type OutcomeEvent, type PipelineEvents, type Unsubscribe } from './events.js';
export { Pipeline } from './pipeline.js';
export { NO_RULES, type PipelinePorts, type ReaderSettings, type Rules } from './settings.js';
export { ReaderSession, type SessionParts, type SessionTarget } from './reader-session.js';
export { routeOf, type Route } from './routes.js';
