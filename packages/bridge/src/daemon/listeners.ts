import type { Clock, Log } from '@tillbridge/core';
import { createClientWriter, readClients, type StateFolder } from '@tillbridge/store';
import { ClientRegistry } from '../api/clients/index.js';
import { LockOut } from '../api/limits/index.js';
import { lazyMetrics, type Metrics } from '../api/metrics.js';
import type { ApiServer } from '../api/server.js';
import type { ApiConfig, Config } from '../config/index.js';
import { listenerCalls } from '../control/calls.js';
import { reportDurably } from '../control/calls-deliveries.js';
import { PLUGIN_ROUTE } from '../control/calls-plugins.js';
import { controlEvents } from '../control/control-events.js';
import type { Call } from '../control/http.js';
import { startControlServer } from '../control/server.js';
import { StationsSwitch } from '../stations/index.js';
import type { Daemon } from './daemon.js';
import { withPlugins } from './plugin-clients.js';

export interface ListenerOptions {
  readonly daemon: Daemon;
  readonly config: Config;
  readonly state: StateFolder;
  /** Path of the control socket: known before anything is started, since a wrong place for it starts nothing. */
  readonly socket: string;
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

interface RunningApi {
  readonly server: ApiServer;
  readonly close: () => Promise<void>;
}

/**
 * Opens the control socket and, where they are configured, the API and the listener for stations; follows changes of the configuration.
 *
 * @throws {TillbridgeError} `TB_API_PORT_BUSY`, `TB_API_CLIENTS_UNREADABLE`, `TB_API_STATIONS_LISTEN`, `TB_API_STATIONS_TLS`
 */
export async function startListeners({ daemon, config, state, socket, clock, log }: ListenerOptions): Promise<Listeners> {
  const file = state.file('clients.db');
  const lockOut = new LockOut(clock);
  const clients = new ClientRegistry({ clients: readClients(file), writer: createClientWriter(file, clock), lockOut, clock, log });
  const metrics = lazyMetrics(daemon.pipeline, daemon.receipts, daemon.platforms, daemon.phones);
  let wanted = config.api;
  let api: RunningApi | undefined;
  const stations = createStations(daemon, metrics, log);
  const addresses = () => ({ api: api?.server.url ?? 'off', stations: stations.url });
  const calls = listenerCalls({ daemon, clients, metrics, addresses });
  const open = async (host: string, port: number): Promise<RunningApi> => {
    const origins = (): readonly string[] => (wanted === 'off' ? [] : wanted.origins);
    return openApi({ host, port, origins, calls, daemon, clients, metrics: metrics(), clock, log });
  };
  const closeAll = async (): Promise<void> => {
    await Promise.all([api?.close(), stations.close()]);
    await clients.close();
  };
  const orClose = async (error: unknown): Promise<never> => {
    await closeAll();
    throw error;
  };
  if (wanted !== 'off') api = await open(wanted.host, wanted.port).catch(orClose);
  await stations.apply(config.stations).catch(orClose);
  daemon.onReload(async (next) => {
    const changed = await stations.apply(next.stations);
    if (sameAddress(wanted, next.api)) {
      wanted = next.api;
      return changed;
    }
    // first the new one: where it cannot be opened, the old one stays
    const opened = next.api === 'off' ? undefined : await open(next.api.host, next.api.port);
    const old = api;
    wanted = next.api;
    api = opened;
    await old?.close();
    return [...changed, `api: ${api?.server.url ?? 'off'}`];
  });
  const events = controlEvents(daemon.hub, clock);
  const control = await startControlServer({ path: socket, calls, upgrade: events.upgrade, clock, log }).catch(orClose);
  return {
    get api() {
      return api?.server.url ?? 'off';
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

interface ApiParts {
  readonly host: string;
  readonly port: number;
  readonly origins: () => readonly string[];
  readonly calls: readonly Call[];
  readonly daemon: Daemon;
  readonly clients: ClientRegistry;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Log;
}

/** Loaded when there is one: a daemon with `api: off` does without the framework. */
async function openApi({ daemon, clients, metrics, ...rest }: ApiParts): Promise<RunningApi> {
  const [{ startApiServer }, { EventSockets }] = await Promise.all([import('../api/server.js'), import('../api/websocket.js')]);
  const sockets = new EventSockets({ hub: daemon.hub, clock: rest.clock });
  const forget = clients.onRevoked((id) => sockets.revoke(id));
  const { services } = daemon;
  const server = await startApiServer({
    ...rest,
    clients: withPlugins(clients, services),
    sockets,
    turn: (go) => daemon.way.after(go),
    refused: (reason) => metrics.refused(reason),
    strange: (route) => {
      if (route === PLUGIN_ROUTE) services.wrongLocalSecret();
    },
  });
  return {
    server,
    close: async () => {
      forget();
      sockets.close();
      await server.close();
    },
  };
}
