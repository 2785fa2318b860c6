import type { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Platforms } from '../daemon/translators/platforms.js';

interface Library {
  readonly Counter: typeof Counter;
  readonly Gauge: typeof Gauge;
  readonly Histogram: typeof Histogram;
}

/** Seconds; a look-up has at most a minute. */
const LOOKUP_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60];

/** How the loyalty platforms are. Labels are ids and words of ours, never what was asked. */
export function addPlatforms({ Counter, Gauge, Histogram }: Library, platforms: Platforms, registry: Registry): void {
  const registers = [registry];
  const seconds = new Histogram({ name: 'tillbridge_lookup_seconds', help: 'Time of look-ups at a platform, waiting in line and repeats included', labelNames: ['translator'], buckets: LOOKUP_BUCKETS, registers });
  platforms.onAsked((translator, ms) => seconds.observe({ translator }, ms / 1000));
  new Counter({
    name: 'tillbridge_lookups_total',
    help: 'Look-ups at a platform by result',
    labelNames: ['translator', 'result'],
    registers,
    collect() {
      this.reset();
      for (const { id, results } of platforms.views()) for (const [result, count] of Object.entries(results)) this.inc({ translator: id, result }, count);
    },
  });
  new Counter({
    name: 'tillbridge_lookup_remembered_total',
    help: 'Look-ups that were answered from memory: fresh, or stale because the platform could not be asked',
    labelNames: ['translator', 'age'],
    registers,
    collect() {
      this.reset();
      for (const { id, cacheHits, staleHits } of platforms.views()) {
        this.inc({ translator: id, age: 'fresh' }, cacheHits);
        this.inc({ translator: id, age: 'stale' }, staleHits);
      }
    },
  });
  new Gauge({
    name: 'tillbridge_platform_circuit_open',
    help: 'Whether a platform is left alone because it is ill (1), or tried again right now (0.5)',
    labelNames: ['translator'],
    registers,
    collect() {
      this.reset();
      for (const { id, breaker } of platforms.views()) this.set({ translator: id }, BREAKER[breaker]);
    },
  });
}

const BREAKER = { closed: 0, trying: 0.5, open: 1 } as const;
