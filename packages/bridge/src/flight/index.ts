export { describeFor } from './describe.js';
export { Pseudonyms } from './pseudonym.js';
export { FlightRecorder, type Described, type Taken } from './recorder.js';
export { parseRecording, type Recording } from './recording.js';
export { replay, type Difference, type DrivenClock, type Replayed } from './replay.js';
export { tapAdapter, tapPipeline, tapReader, tapTranslator } from './taps.js';
