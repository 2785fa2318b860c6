export { DeviceSink, type DeviceSinkOptions, type SinkProblem, type SinkRead, type SinkTerminator } from './device-sink.js';
export { typedInRussian } from './ru-layout.js';
