// The child's side alone: what starts processes takes 3 MiB that a child has no use for.
export { pipeChannel, type PipeChannel } from '../pipe-channel.js';
export { serveHost, type HostedPart, type HostPort } from '../serve.js';
