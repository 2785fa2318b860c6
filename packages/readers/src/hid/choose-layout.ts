import type { LayoutName } from '../profiles/index.js';
import { LAYOUTS, type ReportLayout } from './layouts.js';
import { aimOf, parseReport } from './parse-report.js';

/** How sure it is that a layout is the device's. */
export type LayoutBasis = 'configured' | 'descriptor' | 'profile' | 'guessed';

export interface ChosenLayout {
  readonly layout: ReportLayout;
  readonly basis: LayoutBasis;
}

export interface LayoutKnowledge {
  /** From the configuration: then nothing else is asked. */
  readonly configured?: ReportLayout | undefined;
  /** From the report descriptor, where the system shows it (Linux). */
  readonly descriptor?: ReportLayout | undefined;
  /** From the profile of the device. */
  readonly profile?: ReportLayout | undefined;
}

/** In this order: of two that fit a report the first is taken. */
const GUESSES: readonly LayoutName[] = ['hhp', 'newland', 'offset1', 'microscan', 'symbol'];

/**
 * Whether a report looks exactly as this layout would have it: right id, a length that ends at the last byte of the data area that is
 * not zero, and an AIM id or zeros where the AIM id stands.
 */
export function fits(report: Uint8Array, layout: ReportLayout): boolean {
  const parsed = parseReport(report, layout);
  if (parsed.kind !== 'chunk') return false;
  const { offset, count } = layout.data;
  if (layout.aim !== undefined) {
    const absent = report.subarray(layout.aim, layout.aim + 3).every((byte) => byte === 0);
    if (!absent && aimOf(report, layout) === undefined) return false;
  }
  if (layout.length === undefined) return true;
  let last = Math.min(report.length, offset + count) - 1;
  while (last >= offset && report[last] === 0) last -= 1;
  return last === offset + parsed.data.length - 1 && headerIsClean(report, layout);
}

/** Between the length and the data nothing stands but the AIM id: with `offset1` one byte of unknown meaning. */
function headerIsClean(report: Uint8Array, layout: ReportLayout): boolean {
  return layout.name !== 'offset1' || aimOf(report, layout) !== undefined;
}

/** The layout of a device of which nothing is known, by the look of one report; `undefined` when none fits. */
export function guessLayout(report: Uint8Array): ReportLayout | undefined {
  const fitting = GUESSES.map((name) => LAYOUTS[name]).filter((layout) => fits(report, layout));
  // an AIM id where one is expected says more than a length that happens to be right
  return fitting.find((layout) => aimOf(report, layout) !== undefined) ?? fitting[0];
}

/**
 * Chooses the layout for each report of one connection: as configured; else what the descriptor says; else the profile; else by the look of
 * the reports. Descriptor and profile may disagree (clones copy descriptors): then the one that fits the report is believed.
 */
export class LayoutChooser {
  readonly #fixed: ChosenLayout | undefined;
  readonly #disputed: ChosenLayout | undefined;
  #guessed: ReportLayout | undefined;

  constructor({ configured, descriptor, profile }: LayoutKnowledge) {
    if (configured !== undefined) this.#fixed = { layout: configured, basis: 'configured' };
    else if (descriptor !== undefined) this.#fixed = { layout: descriptor, basis: 'descriptor' };
    else if (profile !== undefined) this.#fixed = { layout: profile, basis: 'profile' };
    const disputed = configured === undefined && descriptor !== undefined && profile !== undefined && descriptor !== profile;
    if (disputed) this.#disputed = { layout: profile, basis: 'profile' };
  }

  /** The layout before any report was seen; `undefined` when the look of the first has to decide. */
  get known(): ChosenLayout | undefined {
    return this.#fixed;
  }

  for(report: Uint8Array): ChosenLayout | undefined {
    if (this.#fixed !== undefined) {
      const { layout } = this.#fixed;
      const other = this.#disputed;
      return other !== undefined && !fits(report, layout) && fits(report, other.layout) ? other : this.#fixed;
    }
    // what was guessed from a short or odd report is mended by the next
    if (this.#guessed === undefined || !fits(report, this.#guessed)) this.#guessed = guessLayout(report) ?? this.#guessed;
    return this.#guessed === undefined ? undefined : { layout: this.#guessed, basis: 'guessed' };
  }
}
