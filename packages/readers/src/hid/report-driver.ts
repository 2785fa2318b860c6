import { parseAimId, type Cancel, type Clock, type Instant, type ReaderSink } from '@tillbridge/core';
import { ReportAssembler, type Assembled, type AssembledRead, type AssemblerOptions } from './assembler.js';
import type { ChosenLayout, LayoutChooser } from './choose-layout.js';
import type { ReportLayout } from './layouts.js';
import { parseReport } from './parse-report.js';
import { symbologyOf } from './symbology.js';

/** Reports that lay in a queue for longer (the machine slept, or was stuck) belong to a sale that is over. */
const STALE_MS = 2000;
const NO_BYTES = new Uint8Array(0);

export interface ReportDriverOptions extends AssemblerOptions {
  readonly chooser: LayoutChooser;
  readonly clock: Clock;
  readonly sink: ReaderSink;
  /** Called once, with the first report of which no layout is known. */
  readonly unknownLayout: () => void;
  /** An answer to a command came and was left out. */
  readonly reply: (byteCount: number) => void;
}

/** Makes the reads of one connection out of its reports, and hands them on in the same turn. */
export class ReportDriver {
  readonly #options: ReportDriverOptions;
  readonly #assembler: ReportAssembler;
  #chosen: ChosenLayout | undefined;
  #timer: Cancel = () => undefined;
  #told = false;

  constructor(options: ReportDriverOptions) {
    this.#options = options;
    this.#assembler = new ReportAssembler(options);
    this.#chosen = options.chooser.known;
  }

  /** The layout that the last report was read with, or the first will be; `undefined` while nothing is known. */
  get layout(): ChosenLayout | undefined {
    return this.#chosen;
  }

  /** `wall`: when the driver handed the report out. */
  push(report: Uint8Array, wall: number): void {
    const { clock, chooser, sink, unknownLayout } = this.#options;
    const age = Math.max(0, clock.wall() - wall);
    if (age > STALE_MS) {
      this.gap(report.length);
      return;
    }
    const chosen = chooser.for(report);
    if (chosen === undefined) {
      sink.dropped('noise', report.length);
      if (!this.#told) unknownLayout();
      this.#told = true;
      return;
    }
    this.#chosen = chosen;
    const at: Instant = { mono: clock.mono() - age, wall: clock.wall() - age };
    this.#hand(this.#assembler.push(parseReport(report, chosen.layout), report.length, at), chosen.layout);
    this.#watch();
  }

  /** Reports were lost here: what they belonged to is torn. */
  gap(byteCount: number): void {
    this.#timer();
    const lost = byteCount + this.#assembler.reset();
    if (lost > 0) this.#options.sink.dropped('overflow', lost);
  }

  /** A command was sent that the device answers among its reads, within `ms`. */
  expectReply(ms: number): void {
    const { clock } = this.#options;
    this.#assembler.expectReply({ mono: clock.mono(), wall: clock.wall() }, ms);
  }

  /** The connection is over. */
  end(): void {
    this.#timer();
    const lost = this.#assembler.reset();
    if (lost > 0) this.#options.sink.dropped('unplugged', lost);
  }

  #watch(): void {
    this.#timer();
    const due = this.#assembler.flushAt;
    if (due === undefined) return;
    const { clock } = this.#options;
    this.#timer = clock.timer(Math.max(0, due - clock.mono()), () => {
      // a report that arrived while this process was busy comes first
      this.#timer = clock.afterInput(() => this.#flush());
    });
  }

  #flush(): void {
    const layout = this.#chosen?.layout;
    if (layout !== undefined) this.#hand(this.#assembler.flush(), layout);
  }

  #hand(results: readonly Assembled[], layout: ReportLayout): void {
    const { sink, reply } = this.#options;
    for (const result of results) {
      if (result.kind === 'read') sink.read(rawRead(result.read, layout));
      else if (result.kind === 'dropped') sink.dropped('noise', result.byteCount);
      else reply(result.byteCount);
    }
  }
}

function rawRead({ bytes, aim, symbology: number, at, overflow, partial, ended }: AssembledRead, layout: ReportLayout): Parameters<ReaderSink['read']>[0] {
  const byAim = parseAimId(aim ?? '') ?? (layout.aim === undefined ? parseAimId(leading(bytes)) : undefined);
  const symbology = symbologyOf(layout, number, byAim);
  return {
    bytes,
    terminator: NO_BYTES,
    at,
    silence: 'settled',
    // one that may be torn is goods, whatever it looks like
    silentBefore: ended,
    ...(overflow ? { overflow } : {}),
    ...(partial ? { partial } : {}),
    ...(aim === undefined || byAim === undefined ? {} : { aim }),
    ...(symbology === undefined ? {} : { symbology }),
  };
}

/** Layouts without a place for the AIM id carry it in front of the data, where it is switched on. */
function leading(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 3));
}
