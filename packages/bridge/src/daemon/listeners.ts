import { randomInt } from 'node:crypto';
import type { Clock, Log } from '@tillbridge/core';
import { createClientWriter, readClients, type StateFolder } from '@tillbridge/store';
import { ClientRegistry } from '../api/clients/index.js';
import { LockOut } from '../api/limits/index.js';
import { lazyMetrics, type Metrics } from '../api/metrics.js';
import { ApiProcess, type ApiServices } from '../api/process/index.js';
import type { ApiConfig, Config } from '../config/index.js';
import { listenerCalls } from '../control/calls.js';
import { reportDurably } from '../control/calls-deliveries.js';
import { PLUGIN_ROUTE } from '../control/calls-plugins.js';
import { controlEvents } from '../control/control-events.js';
import { startControlServer } from '../control/server.js';
import { createDesks } from '../desk/index.js';
import { StationsSwitch } from '../stations/index.js';
import { productVersion } from '../version.js';
import type { Daemon } from './daemon.js';

export interface ListenerOptions {
  readonly daemon: Daemon;
  readonly config: Config;
  readonly state: StateFolder;
  /** Path of the control socket: known before anything is started, since a wrong place for it starts nothing. */
  readonly socket: string;
  /** The process of the API, where it was started ahead with {@link startApiProcess}. */
  readonly apiProcess?: ApiProcess | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** Where a daemon can be reached. */
export interface Listeners {
  /** `http://127.0.0.1:7843`, or `off`. */
  readonly api: string;
  /** Takes no new commands of the daemon's owner; those under way and the API go on until {@link close}, so that what was begun can end. */
  stopListening(): void;
  close(): Promise<void>;
}

/** Starts the process of the API, where there is to be one: it loads what it needs while the daemon opens its parts. */
export function startApiProcess(api: ApiConfig, clock: Clock, log: Log): ApiProcess | undefined {
  return api === 'off' ? undefined : new ApiProcess({ clock, log, random: () => randomInt(2 ** 32) / 2 ** 32 });
}

/**
 * Opens the control socket and, where they are configured, the API and the listener for stations; follows changes of the configuration.
 *
 * @throws {TillbridgeError} `TB_API_PORT_BUSY`, `TB_API_PROCESS`, `TB_API_CLIENTS_UNREADABLE`, `TB_API_STATIONS_LISTEN`, `TB_API_STATIONS_TLS`
 */
export async function startListeners({ daemon, config, state, socket, apiProcess, clock, log }: ListenerOptions): Promise<Listeners> {
  const file = state.file('clients.db');
  let wanted = config.api;
  let api: ApiProcess | undefined;
  const locks = new LockOut(clock, (key, right) => api?.attempted(key, right));
  const clients = new ClientRegistry({ clients: readClients(file), writer: createClientWriter(file, clock), lockOut: locks, clock, log });
  const metrics = lazyMetrics(daemon.pipeline, daemon.receipts, daemon.platforms, daemon.phones);
  const stations = createStations(daemon, metrics, log);
  const addresses = () => ({ api: api?.url ?? 'off', stations: stations.url, console: consoleAddress(wanted, api?.url) });
  const desks = createDesks({ state: state.path, config: daemon.configPath, clock, log });
  clients.onRevoked((id) => desks.imports.ownerGone(id));
  const calls = listenerCalls({ daemon, clients, metrics, addresses, desks });
  const page = { origins: (): readonly string[] => (wanted === 'off' ? [] : wanted.origins), console: (): boolean => wanted !== 'off' && wanted.console };
  const shared = apiServices(daemon, metrics);
  const open = async (next: ApiConfig, ahead = startApiProcess(next, clock, log)): Promise<ApiProcess | undefined> => {
    if (next === 'off' || ahead === undefined) return undefined;
    // from now on: they count from their first use
    metrics();
    await ahead.open({ ...shared, host: next.host, port: next.port, ...page, calls, clients, locks });
    return ahead;
  };
  const closeAll = async (): Promise<void> => {
    desks.close();
    await Promise.all([api?.close(), stations.close()]);
    await clients.close();
  };
  const orClose = async (error: unknown): Promise<never> => {
    await closeAll();
    throw error;
  };
  daemon.showApi({
    state: () => api?.state,
    // paired programs, and who listens on the control socket just now
    goodsAreRead: () => clients.anyHas('goods:read') || daemon.hub.listeners('goods:read') > 0,
  });
  api = await open(wanted, apiProcess).catch(orClose);
  await stations.apply(config.stations).catch(orClose);
  daemon.onReload(async (next) => {
    const changed = await stations.apply(next.stations);
    if (sameAddress(wanted, next.api)) {
      wanted = next.api;
      await api?.originsChanged();
      return changed;
    }
    // first the new one: where it cannot be opened, the old one stays
    const opened = await open(next.api);
    const old = api;
    wanted = next.api;
    api = opened;
    await opened?.originsChanged();
    await old?.close();
    return [...changed, `api: ${api?.url ?? 'off'}`];
  });
  const events = controlEvents(daemon.hub, clock);
  const control = await startControlServer({ path: socket, calls, upgrade: events.upgrade, clock, log }).catch(orClose);
  return {
    get api() {
      return api?.url ?? 'off';
    },
    stopListening: () => {
      events.close();
      control.stopListening();
    },
    close: async () => {
      await control.close();
      await closeAll();
    },
  };
}

function createStations(daemon: Daemon, metrics: () => Metrics, log: Log): StationsSwitch {
  const { clock, hub, board, pipeline, services } = daemon;
  return new StationsSwitch({
    clock,
    hub,
    board,
    services,
    log,
    report: (id, owner, ended) => reportDurably(daemon, id, owner, ended),
    order: (till, state, orderId) => pipeline.order(till, state, orderId),
    refused: (reason) => metrics().refused(reason),
  });
}

function sameAddress(a: ApiConfig, b: ApiConfig): boolean {
  return a === 'off' || b === 'off' ? a === b : a.host === b.host && a.port === b.port;
}

/** Where the page is, or `off`. */
function consoleAddress(config: ApiConfig, url: string | undefined): string {
  return url === undefined || config === 'off' || !config.console ? 'off' : `${url}/`;
}

function apiServices(daemon: Daemon, metrics: () => Metrics): Omit<ApiServices, 'host' | 'port' | 'origins' | 'console' | 'calls' | 'clients' | 'locks'> {
  const { hub, board, services, way } = daemon;
  return {
    version: productVersion(),
    plugins: services,
    hub,
    board,
    turn: (go) => way.after(go),
    refused: (reason, count) => metrics().refused(reason, count),
    strange: (route) => {
      if (route === PLUGIN_ROUTE) services.wrongLocalSecret();
    },
  };
}
