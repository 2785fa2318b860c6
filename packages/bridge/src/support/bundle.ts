import { isoTime, systemClock } from '@tillbridge/core';
import { strToU8, zipSync } from 'fflate';
import type { Cli } from '../cli/cli.js';
import { doctorRows } from '../cli/commands/doctor.js';
import { existingConfig } from '../cli/find-config.js';
import { collectSupport } from './collect.js';

/** How long the daemon may take to answer, in ms. */
const ASK_MS = 10_000;

export interface SupportBundle {
  /** `tillbridge-support-20260110T120311Z.zip` */
  readonly name: string;
  /** ZIP: every desktop opens it. */
  readonly bytes: Uint8Array;
}

/** Looks everywhere and packs what it found; takes as long as the doctor does. */
export async function makeSupportBundle(cli: Cli): Promise<SupportBundle> {
  const files = await collectSupport({
    state: cli.statePath,
    config: existingConfig(cli.options.config),
    language: cli.lang,
    ask: async (path) => ask(cli, path),
    doctor: async () => doctorRows(cli),
  });
  const stem = `tillbridge-support-${isoTime(systemClock.wall()).replaceAll(/[-:]|\.\d+/g, '')}`;
  const bytes = zipSync(Object.fromEntries(files.map(({ name, text }) => [`${stem}/${name}`, strToU8(text)])), { level: 9 });
  return { name: `${stem}.zip`, bytes };
}

async function ask(cli: Cli, path: string): Promise<unknown> {
  const [{ callDaemon }, { controlSocketPath, stateFolderAt }] = await Promise.all([import('../control/client.js'), import('@tillbridge/store')]);
  const state = stateFolderAt(cli.statePath);
  const { body } = await callDaemon(controlSocketPath(state), state.path, { method: 'GET', path, timeoutMs: ASK_MS, language: cli.lang });
  return body;
}
