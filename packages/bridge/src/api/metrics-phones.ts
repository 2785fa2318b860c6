import type { Counter, Gauge, Registry } from 'prom-client';
import type { PhoneService } from '../phones/phone-service.js';

interface Library {
  readonly Counter: typeof Counter;
  readonly Gauge: typeof Gauge;
}

/** How the phones are: numbers and words of ours, never whose they are. */
export function addPhones({ Counter, Gauge }: Library, phones: PhoneService, registry: Registry): void {
  const registers = [registry];
  new Gauge({
    name: 'tillbridge_phones',
    help: 'Phones that scan: paired, and of these connected now',
    labelNames: ['state'],
    registers,
    collect() {
      this.reset();
      const view = phones.current?.view();
      if (view === undefined) return;
      this.set({ state: 'paired' }, view.paired);
      this.set({ state: 'connected' }, view.connected);
    },
  });
  new Gauge({
    name: 'tillbridge_phone_certificate_end_seconds',
    help: 'Unix time at which the certificate for phones ends',
    registers,
    collect() {
      this.reset();
      const end = phones.current?.view()?.certificate?.notAfter;
      if (end !== undefined) this.set(end / 1000);
    },
  });
  new Counter({
    name: 'tillbridge_phone_refusals_total',
    help: 'Refused requests and messages of phones by reason',
    labelNames: ['reason'],
    registers,
    collect() {
      this.reset();
      for (const [reason, count] of Object.entries(phones.current?.view()?.refusals ?? {})) this.inc({ reason }, count);
    },
  });
}
