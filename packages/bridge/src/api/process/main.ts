// The process that serves the API: HTTP, WebSockets, guards. It is told no number but what a caller gets and keeps no token, and nothing that it does can delay a scan.
import { pipeChannel, serveHost } from '@tillbridge/child-host/child';
import { systemClock } from '@tillbridge/core';
import { compileHotCode } from '../../cli/compilers.js';
import type { ApiProtocol } from './protocol.js';
import { ServedApi } from './served-api.js';
import { tidyHeap } from '../../tidy-heap.js';

/** So long after its start what only a start needs has long run for the last time, in ms. */
const STARTED_MS = 10_000;
/** So long after its start it listens, on all but the slowest tills, in ms. */
const LISTENS_MS = 2000;

const channel = pipeChannel();
systemClock.timer(LISTENS_MS, tidyHeap, { ref: false });
systemClock.timer(STARTED_MS, compileHotCode, { ref: false });
serveHost<ApiProtocol>((_setup, port) => new ServedApi({ port, clock: systemClock, unsent: () => channel.unsent }), channel);
