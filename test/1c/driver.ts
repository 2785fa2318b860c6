import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileOutput, Secret, silentLog, systemClock, type Inbound, type Log } from '@tillbridge/core';
import { AddinListeners, AddinTill, type AddinTillOptions } from '@tillbridge/adapter-1c';
import { NativeLibrary, OnecClient, type OnecClientOptions } from '@tillbridge/testkit/1c';
import { waitFor } from '../support/wait-for.js';

export const TOKEN = 'made-up-token-of-the-suite';
export const never: AbortSignal = new AbortController().signal;

interface Build {
  readonly buildLibrary: (target: string, out: string) => Promise<string>;
}

/** The driver, compiled from its sources and loaded; once for a file of tests. */
export async function compiledDriver(): Promise<{ readonly library: NativeLibrary; readonly path: string; readonly remove: () => void }> {
  const out = mkdtempSync(join(tmpdir(), 'tillbridge-1c-'));
  const script = new URL('../../packages/adapter-1c/addin/build.mjs', import.meta.url).href;
  const { buildLibrary } = (await import(/* @vite-ignore */ script)) as Build;
  const path = await buildLibrary('linux64', out);
  return { library: await NativeLibrary.load(path), path, remove: () => rmSync(out, { recursive: true }) };
}

export function addinTill(over: Partial<AddinTillOptions> = {}, log: Log = silentLog, listeners = new AddinListeners({ clock: systemClock, log, version: '0.1.0' })): AddinTill {
  const options: AddinTillOptions = {
    ...{ id: 'front', listen: { host: '127.0.0.1', port: 0 }, token: new Secret(TOKEN), output: compileOutput({ suffix: 'none' }) },
    ...{ charset: 'ascii', gapMs: 0, backlogMs: 2000, expireMs: 5000, keepAim: false },
    ...over,
  };
  return new AddinTill(options, { clock: systemClock, log, listeners });
}

export const portOf = (till: AddinTill): number => Number(till.address?.split(':').at(-1));

export const quiet: Inbound = { state: () => undefined, goodsDropped: () => undefined, order: () => undefined };

/** A 1C with its equipment connected to this till. */
export async function connected(library: NativeLibrary, till: AddinTill, over: Partial<OnecClientOptions> = {}): Promise<OnecClient> {
  const client = await OnecClient.start({ clock: systemClock, library, ...over });
  await client.connect({ Port: portOf(till), Token: TOKEN });
  await waitFor('the driver to connect', () => till.state.status === 'ready');
  return client;
}
