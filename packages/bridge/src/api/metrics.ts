import { createRequire } from 'node:module';
import type { Pipeline } from '@tillbridge/core';
import type { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { z } from 'zod';
import { defineCall, type Call } from '../control/http.js';
import type { ReceiptService } from '../receipts/receipt-service.js';
import type { Platforms } from '../daemon/translators/platforms.js';
import { addPlatforms } from './metrics-platforms.js';
import { addPhones } from './metrics-phones.js';
import type { PhoneService } from '../phones/phone-service.js';
import { addReceipts } from './metrics-receipts.js';

type ReceiptCounts = Pick<ReceiptService, 'counts' | 'view'>;

export interface Metrics {
  /** Counts refused requests. */
  refused(reason: string, count?: number): void;
  /** Prometheus text. */
  render(): Promise<string>;
  readonly contentType: string;
}

/** Seconds; the longest life of a number is ten minutes. */
const DELIVERY_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 600];
const GOODS_DROPPED = /^goods_dropped_(.+)$/;
const READER_DROPPED = /^dropped_(?!bytes_)(.+)$/;

type Library = ReturnType<typeof loadLibrary>;

/** By parts: the package's index loads clustering and tracing too, most of its time and memory. They are CommonJS, and without types. */
function loadLibrary() {
  const require = createRequire(import.meta.url);
  return {
    Counter: require('prom-client/lib/counter.js') as typeof Counter,
    Gauge: require('prom-client/lib/gauge.js') as typeof Gauge,
    Histogram: require('prom-client/lib/histogram.js') as typeof Histogram,
    Registry: require('prom-client/lib/registry.js') as typeof Registry,
  };
}

/** Counts what the pipeline does. Labels are ids of the configuration and words of ours, never what was scanned. */
function createMetrics(pipeline: Pipeline, receipts?: ReceiptCounts, platforms?: Platforms, phones?: PhoneService): Metrics {
  const library = loadLibrary();
  const registry = new library.Registry();
  const registers = [registry];
  const { Counter, Histogram } = library;
  const scans = new Counter({ name: 'tillbridge_scans_total', help: 'Reads by reader and kind', labelNames: ['reader', 'kind'], registers });
  const outcomes = new Counter({ name: 'tillbridge_outcomes_total', help: 'Ended loyalty scans', labelNames: ['till', 'outcome'], registers });
  const goods = new Counter({ name: 'tillbridge_goods_total', help: 'Goods handed to a till', labelNames: ['reader', 'till'], registers });
  const refusals = new Counter({ name: 'tillbridge_api_refusals_total', help: 'Refused requests by reason', labelNames: ['reason'], registers });
  const seconds = new Histogram({
    name: 'tillbridge_delivery_seconds',
    help: 'From the last byte of a loyalty scan to its outcome',
    buckets: DELIVERY_BUCKETS,
    registers,
  });
  addStates(library, pipeline, registry);
  addProcess(library, registry);
  if (receipts !== undefined) addReceipts(library, receipts, registry);
  if (platforms !== undefined) addPlatforms(library, platforms, registry);
  if (phones !== undefined) addPhones(library, phones, registry);
  pipeline.on('scan', ({ scan, kind }) => scans.inc({ reader: scan.reader, kind }));
  pipeline.on('goods', ({ read, till }) => goods.inc({ reader: read.reader, till }));
  pipeline.on('outcome', ({ till, outcome, tookMs }) => {
    outcomes.inc({ till, outcome });
    seconds.observe(tookMs / 1000);
  });
  return {
    refused: (reason, count = 1) => refusals.inc({ reason }, count),
    render: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

/** What is looked up when somebody asks. */
function addStates({ Counter, Gauge }: Library, pipeline: Pipeline, registry: Registry): void {
  const registers = [registry];
  new Gauge({
    name: 'tillbridge_reader_up',
    help: 'Whether a reader is ready',
    labelNames: ['reader'],
    registers,
    collect() {
      this.reset();
      for (const { reader } of pipeline.readers()) this.set({ reader: reader.id }, reader.state.status === 'ready' ? 1 : 0);
    },
  });
  new Gauge({
    name: 'tillbridge_till_up',
    help: 'Whether a till is ready',
    labelNames: ['till'],
    registers,
    collect() {
      this.reset();
      for (const { adapter } of pipeline.tills()) this.set({ till: adapter.id }, adapter.state.status === 'ready' ? 1 : 0);
    },
  });
  new Counter({
    name: 'tillbridge_reader_dropped_total',
    help: 'What a reader read and nobody got, by reason: copy (the same read through another interface of the scanner), unplugged, noise, overflow, ...',
    labelNames: ['reader', 'reason'],
    registers,
    collect() {
      this.reset();
      for (const { reader, counters } of pipeline.readers()) {
        for (const [name, count] of Object.entries(counters)) {
          const reason = READER_DROPPED.exec(name)?.[1];
          if (reason !== undefined) this.inc({ reader: reader.id, reason }, count);
        }
      }
    },
  });
  new Counter({
    name: 'tillbridge_goods_dropped_total',
    help: 'Goods that a till could not take in time',
    labelNames: ['till', 'reason'],
    registers,
    collect() {
      this.reset();
      for (const { adapter, counters } of pipeline.tills()) {
        for (const [name, count] of Object.entries(counters)) {
          const reason = GOODS_DROPPED.exec(name)?.[1];
          if (reason !== undefined) this.inc({ till: adapter.id, reason }, count);
        }
      }
    },
  });
}

/** The usual names. Not the library's own set: that measures the event loop with a timer of 10 ms, on an idle till too. */
function addProcess({ Counter, Gauge }: Library, registry: Registry): void {
  const registers = [registry];
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'CPU time used',
    registers,
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1e6);
    },
  });
  new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Memory used',
    registers,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  new Gauge({
    name: 'process_uptime_seconds',
    help: 'Since the process began',
    registers,
    collect() {
      this.set(process.uptime());
    },
  });
}

/** Made by the first who asks: an idle daemon without API does without. It counts from then on. */
export function lazyMetrics(pipeline: Pipeline, receipts?: ReceiptCounts, platforms?: Platforms, phones?: PhoneService): () => Metrics {
  let metrics: Metrics | undefined;
  return () => (metrics ??= createMetrics(pipeline, receipts, platforms, phones));
}

export function metricsCall(metrics: () => Metrics): Call {
  return defineCall({
    method: 'GET',
    path: '/metrics',
    summary: 'Metrics as Prometheus text.',
    access: 'status:read',
    answers: { 200: z.string() },
    handler: async () => {
      const ready = metrics();
      return { status: 200, body: await ready.render(), contentType: ready.contentType };
    },
  });
}
