import { systemClock, TillbridgeError, type Language } from '@tillbridge/core';
import { controlSocketPath, lockState, openStateFolder } from '@tillbridge/store';
import type { LoadedConfig } from '../../config/index.js';
import { formatProblem } from '../../config/index.js';
import { loadConfigFile } from '../config-file.js';
import { Daemon } from '../../daemon/daemon.js';
import { startApiProcess, startListeners } from '../../daemon/listeners.js';
import { standardParts } from '../../daemon/parts.js';
import { RefusedConfigError } from '../../daemon/refused-config.js';
import { createLog, type ClosableLog } from '../../log/logger.js';
import { createNotifier, systemdNotify, type ServiceNotifier } from '../../service/notify.js';
import { tidyHeap } from '../../tidy-heap.js';
import type { Cli } from '../cli.js';
import { compileHotCode } from '../compilers.js';

/** So long after READY what only a start needs has long run for the last time, in ms. */
const STARTED_MS = 10_000;

/** The daemon in the foreground: READY when every part is up or retrying; ends on SIGTERM, SIGINT or `stop`. */
export async function run(cli: Cli): Promise<void> {
  const configPath = cli.configPath;
  const { config, profiles, warnings } = loadConfigFile(configPath, cli.lang, cli.statePath);
  const log = createLog({ level: cli.options.logLevel ?? config.log.level, file: config.log.file });
  for (const warning of warnings) log.warn('the configuration has a doubtful place', { problem: formatProblem(warning) });
  const state = openStateFolder(cli.statePath);
  for (const warning of state.warnings) log.warn('the state folder is not as it should be', { error: warning });
  const socket = controlSocketPath(state);
  const lock = lockState(state, { pid: process.pid, started: systemClock.wall() });
  // whoever started the daemon may go; READY is all that it prints
  cli.outlivesItsOutput();
  const notifier = createNotifier({ env: process.env, pid: process.pid, clock: systemClock, tell: systemdNotify(process.env, log) });
  const signals = watchSignals(log, cli.lang, notifier);
  let apiProcess: ReturnType<typeof startApiProcess>;
  try {
    const again = (language: Language): LoadedConfig => loadConfigFile(configPath, language, cli.statePath);
    // it loads what it needs while the parts are opened
    apiProcess = startApiProcess(config.api, systemClock, log);
    const daemon = await Daemon.start({ config, profiles, loadConfig: again, configPath, state, clock: systemClock, log, parts: standardParts });
    try {
      signals.drive(daemon);
      const listeners = await startListeners({ daemon, config, state, socket, apiProcess, clock: systemClock, log });
      const { api } = listeners;
      systemClock.timer(STARTED_MS, compileHotCode, { ref: false });
      // now, while the store is not told yet that anything works: later it would hold a product up
      tidyHeap();
      cli.out(cli.json ? JSON.stringify({ ready: true, pid: process.pid, api }) : `READY pid=${process.pid} api=${api}`);
      notifier.ready();
      await stopOf(daemon);
      const told = notifier.stopping();
      // who waits for the outcome of a scan still gets it
      listeners.stopListening();
      await daemon.close();
      await listeners.close();
      await told;
    } finally {
      await daemon.close();
    }
    log.info('stopped');
  } finally {
    await apiProcess?.close();
    notifier.close();
    signals.release();
    lock.release();
  }
}

function stopOf(daemon: Daemon): Promise<void> {
  const { stopRequested } = daemon;
  if (stopRequested.aborted) return Promise.resolve();
  return new Promise((resolve) => stopRequested.addEventListener('abort', () => resolve(), { once: true }));
}

/** SIGTERM and SIGINT stop, SIGHUP reloads. One that comes before the daemon is up counts once it is. */
function watchSignals(log: ClosableLog, language: Language, notifier: ServiceNotifier): { drive(daemon: Daemon): void; release(): void } {
  let daemon: Daemon | undefined;
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    daemon?.requestStop();
  };
  const reload = (): void => {
    if (daemon === undefined) return;
    notifier.reloading();
    daemon
      .reload(language)
      .catch((error: unknown) => {
        if (error instanceof RefusedConfigError) for (const problem of error.problems) log.error('the configuration is not valid', { problem });
        log.error('the configuration was not reloaded; the old one stays', error instanceof TillbridgeError ? { error } : {});
      })
      // reloaded or not, it works on
      .finally(() => notifier.ready());
  };
  // Node.js opens its debugger at this signal, to whoever can send it and reach loopback, unless somebody listens
  const debug = process.platform === 'win32' ? [] : [['SIGUSR1', () => undefined] as const];
  const handlers = [['SIGTERM', stop], ['SIGINT', stop], ['SIGHUP', reload], ...debug] as const;
  for (const [signal, handler] of handlers) process.on(signal, handler);
  return {
    drive: (started) => {
      daemon = started;
      if (stopped) started.requestStop();
    },
    release: () => {
      for (const [signal, handler] of handlers) process.off(signal, handler);
    },
  };
}
