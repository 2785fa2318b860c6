import type { ClientRegistry } from '../api/clients/index.js';
import { metricsCall, type Metrics } from '../api/metrics.js';
import { openApiCall } from '../api/openapi.js';
import type { Daemon } from '../daemon/daemon.js';
import type { Desks } from '../desk/index.js';
import { cardCalls } from './calls-cards.js';
import { clientCalls } from './calls-clients.js';
import { configCalls } from './calls-config.js';
import { daemonCalls, type Addresses } from './calls-daemon.js';
import { deliveryCalls } from './calls-deliveries.js';
import { eventCalls } from './calls-events.js';
import { importCalls } from './calls-imports.js';
import { journalCalls } from './calls-journal.js';
import { phoneCalls } from './calls-phones.js';
import { pluginCalls } from './calls-plugins.js';
import { recordingCalls } from './calls-recording.js';
import { receiptCalls, receiptOwnerCalls } from './calls-receipts.js';
import { probeCalls } from './calls-probe.js';
import { scanCalls } from './calls-scans.js';
import { statusCalls } from './calls-status.js';
import { supportCalls } from './calls-support.js';
import type { Call } from './http.js';

/** The calls of the bridge itself: over every listener, and inside a program that embeds it. */
export function createCalls(daemon: Daemon): readonly Call[] {
  const { board, pipeline, clock } = daemon;
  return [...statusCalls(daemon), ...scanCalls(daemon), ...deliveryCalls({ board, pipeline, clock }), ...receiptCalls(daemon.receipts)];
}

/** What the listeners of a daemon need beside it. */
export interface ListenerServices {
  readonly daemon: Daemon;
  readonly clients: ClientRegistry;
  readonly metrics: () => Metrics;
  readonly addresses: Addresses;
  /** What an administrator asks for. */
  readonly desks: Desks;
}

/** Everything that can be called over the control socket; the API leaves out what is for its owner alone. */
export function listenerCalls({ daemon, clients, metrics, addresses, desks }: ListenerServices): readonly Call[] {
  const calls = [
    ...createCalls(daemon),
    ...eventCalls(),
    ...clientCalls(clients),
    ...phoneCalls(daemon.phones),
    ...pluginCalls(daemon.services),
    ...probeCalls(daemon),
    ...receiptOwnerCalls(daemon.receipts),
    ...daemonCalls(daemon, addresses),
    ...recordingCalls(daemon),
    ...cardCalls(desks.quick),
    ...importCalls(desks.imports),
    ...journalCalls(desks.quick, desks.slow),
    ...configCalls(daemon, desks.quick),
    ...supportCalls(desks.slow),
    metricsCall(metrics),
  ];
  return [...calls, openApiCall(calls)];
}
