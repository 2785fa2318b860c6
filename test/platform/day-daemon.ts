// The daemon as `tillbridge run` has it, on a clock that runs faster: a process of its own, to be killed. Bundled by day.ts.
//   node day-daemon.mjs CONFIG STATE FACTOR
import { controlSocketPath, lockState, openStateFolder } from '@tillbridge/store';
import { loadConfigFile } from '../../packages/bridge/src/cli/config-file.js';
import { Daemon } from '../../packages/bridge/src/daemon/daemon.js';
import { startListeners } from '../../packages/bridge/src/daemon/listeners.js';
import { standardParts } from '../../packages/bridge/src/daemon/parts.js';
import { createLog } from '../../packages/bridge/src/log/logger.js';
import { quickClock } from '../support/quick-clock.js';

const [configPath = '', statePath = '', factor = '1'] = process.argv.slice(2);
const clock = quickClock(Number(factor));
const { config, profiles } = loadConfigFile(configPath, 'en');
const log = createLog({ level: 'debug', file: null });
const state = openStateFolder(statePath);
const lock = lockState(state, { pid: process.pid, started: clock.wall() });
const daemon = await Daemon.start({ config, profiles, loadConfig: () => loadConfigFile(configPath, 'en'), configPath, state, clock, log, parts: standardParts });
const listeners = await startListeners({ daemon, config, state, socket: controlSocketPath(state), clock, log });
process.on('SIGTERM', () => daemon.requestStop());
process.stdout.write(`READY pid=${process.pid}\n`);
if (!daemon.stopRequested.aborted) await new Promise<void>((resolve) => daemon.stopRequested.addEventListener('abort', () => resolve(), { once: true }));
listeners.stopListening();
await daemon.close();
await listeners.close();
lock.release();
