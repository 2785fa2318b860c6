import type { ClientRegistry } from '../api/clients/index.js';
import { metricsCall, type Metrics } from '../api/metrics.js';
import { openApiCall } from '../api/openapi.js';
import type { Daemon } from '../daemon/daemon.js';
import { clientCalls } from './calls-clients.js';
import { daemonCalls, type Addresses } from './calls-daemon.js';
import { deliveryCalls } from './calls-deliveries.js';
import { eventCalls } from './calls-events.js';
import { phoneCalls } from './calls-phones.js';
import { pluginCalls } from './calls-plugins.js';
import { recordingCalls } from './calls-recording.js';
import { receiptCalls, receiptOwnerCalls } from './calls-receipts.js';
import { probeCalls } from './calls-probe.js';
import { scanCalls } from './calls-scans.js';
import { statusCalls } from './calls-status.js';
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
}

/** Everything that can be called over the control socket; the API leaves out what is for its owner alone. */
export function listenerCalls({ daemon, clients, metrics, addresses }: ListenerServices): readonly Call[] {
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
    metricsCall(metrics),
  ];
  return [...calls, openApiCall(calls)];
}
