import { systemClock, TillbridgeError } from '@tillbridge/core';
import { lockState, openStateFolder } from '@tillbridge/store';
import type { LoadedConfig } from '../../config/index.js';
import { loadConfigFile } from '../config-file.js';
import { Daemon } from '../../daemon/daemon.js';
import { startListeners } from '../../daemon/listeners.js';
import { standardParts } from '../../daemon/parts.js';
import { createLog, type ClosableLog } from '../../log/logger.js';
import type { Cli } from '../cli.js';

/** The daemon in the foreground: READY when every part is up or retrying; ends on SIGTERM, SIGINT or `stop`. */
export async function run(cli: Cli): Promise<void> {
  const { config } = cli.loadConfig();
  const configPath = cli.configPath;
  const level = cli.options.logLevel ?? config.log.level;
  const log = createLog({ level, file: config.log.file });
  const state = openStateFolder(cli.statePath);
  for (const warning of state.warnings) log.warn('the state folder is not as it should be', { error: warning });
  const lock = lockState(state, { pid: process.pid, started: systemClock.wall() });
  try {
    const again = (): LoadedConfig => loadConfigFile(configPath, cli.lang, (problem) => log.error('the configuration is not valid', { problem }));
    const daemon = await Daemon.start({ config, loadConfig: again, configPath, state, clock: systemClock, log, parts: standardParts });
    const listeners = await startListeners({ daemon, config, state, clock: systemClock, log }).catch(async (error: unknown) => {
      await daemon.close();
      throw error;
    });
    const { api } = listeners;
    const ended = untilStopped(daemon, log);
    cli.out(cli.json ? JSON.stringify({ ready: true, pid: process.pid, api }) : `READY pid=${process.pid} api=${api}`);
    await ended;
    await listeners.closeControl();
    await daemon.close();
    await listeners.close();
    log.info('stopped');
  } finally {
    lock.release();
  }
}

/** Resolves when the daemon is to stop; SIGHUP reloads meanwhile. */
function untilStopped(daemon: Daemon, log: ClosableLog): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => daemon.requestStop();
    const reload = (): void => {
      daemon.reload().catch((error: unknown) => {
        log.error('the configuration was not reloaded; the old one stays', error instanceof TillbridgeError ? { error } : {});
      });
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
    process.on('SIGHUP', reload);
    daemon.stopRequested.addEventListener('abort', () => {
      process.off('SIGHUP', reload);
      resolve();
    });
  });
}
