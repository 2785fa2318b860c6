import type { ProbeRow } from '@tillbridge/core';
import { Cli } from '../cli/cli.js';
import { doctorRows } from '../cli/commands/doctor.js';
import { makeSupportBundle } from '../support/bundle.js';
import type { DeskPlace } from './jobs.js';

const cliOf = ({ state, config, language }: DeskPlace): Cli => new Cli({ state, config, lang: language });

export async function doctor(place: DeskPlace): Promise<{ readonly rows: readonly ProbeRow[] }> {
  return { rows: await doctorRows(cliOf(place)) };
}

export async function support(place: DeskPlace): Promise<{ readonly name: string; readonly data: string }> {
  const { name, bytes } = await makeSupportBundle(cliOf(place));
  return { name, data: Buffer.from(bytes).toString('base64') };
}
