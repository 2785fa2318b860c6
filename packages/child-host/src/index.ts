export { environment as bareEnvironment } from './environment.js';
export { forkHost, hostEntry, type HostProcess, type ProcessEvents, type SpawnHost } from './spawn.js';
export { pipeHost, type PipeHostOptions, type PipeProcess } from './pipe.js';
export { serveHost, type HostChannel, type HostedPart, type HostPort } from './serve.js';
export { superviseHost, type SuperviseOptions, type SupervisedHost } from './supervise.js';
export type { HostEvent, HostState } from './states.js';
export type { Downward, HostProtocol, Upward } from './wire.js';
