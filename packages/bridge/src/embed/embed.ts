import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog, systemClock, TillbridgeError, type Clock, type Language, type Log } from '@tillbridge/core';
import { lockState, openStateFolder } from '@tillbridge/store';
import { formatProblem, parseConfig, type LoadedConfig } from '../config/index.js';
import { createCalls } from '../control/calls.js';
import { createRouter, errorResponse } from '../control/http.js';
import { CONTROL_CALLER } from '../control/scope.js';
import { Daemon } from '../daemon/daemon.js';
import { ALL_GRANTS } from '../events/index.js';
import { splitConfig } from './own-parts.js';
import { pluginFinder } from '../config/read-config.js';
import type { WrittenConfig } from './written-config.js';

/** How problems of the configuration name it. */
const NAME = 'createBridge';

export interface EmbedOptions {
  readonly config: WrittenConfig;
  /** State folder, for one bridge at a time: journal, card table, keys. Absent: a temporary one, gone when the bridge is closed. */
  readonly state?: string | undefined;
  /** Default: nothing is logged. */
  readonly log?: Log | undefined;
  /** Language of errors; default English. */
  readonly language?: Language | undefined;
  readonly clock?: Clock | undefined;
}

/** Where the events of an embedded bridge go: the frames of `GET /v1/events`, as objects. */
export interface EmbeddedSink {
  frame(frame: object): void;
  ended(): void;
}

/** The whole bridge inside a program: the calls and events of the local protocol, without a listener. */
export interface EmbeddedBridge {
  /** Never rejects: an error is an answer. */
  call(method: 'GET' | 'POST', path: string, body: unknown, signal: AbortSignal): Promise<{ readonly status: number; readonly body: unknown }>;
  /** @param since the last event that the caller has; undefined: from now on */
  subscribe(since: number | undefined, sink: EmbeddedSink): () => void;
  /** Finishes what is under way within 5 s. Idempotent. */
  close(): Promise<void>;
}

/**
 * Starts the daemon's own composition in this process. Resolves when every part is up or retrying on its own.
 * @throws {TillbridgeError} `TB_CONFIG_INVALID` with every mistake as its cause, `TB_API_DAEMON_RUNNING`, area JOURNAL
 */
export async function embed({ config, state, log = silentLog, language = 'en', clock = systemClock }: EmbedOptions): Promise<EmbeddedBridge> {
  const { document, parts, translators } = splitConfig(config);
  const loaded = load(document, language);
  const path = state ?? mkdtempSync(join(tmpdir(), 'tillbridge-'));
  const discard = (): void => {
    if (state === undefined) rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const folder = openStateFolder(path);
    for (const warning of folder.warnings) log.warn('the state folder is not as it should be', { error: warning });
    const lock = lockState(folder, { pid: process.pid, started: clock.wall() });
    const release = (): void => {
      lock.release();
      discard();
    };
    try {
      const daemon = await Daemon.start({
        config: loaded.config,
        loadConfig: () => loaded,
        configPath: NAME,
        state: folder,
        clock,
        log: { debug: log.debug.bind(log), info: log.info.bind(log), warn: log.warn.bind(log), error: log.error.bind(log), child: log.child.bind(log), setLevel: () => undefined },
        parts,
        translators,
      });
      return serve(daemon, language, release);
    } catch (error) {
      lock.release();
      throw error;
    }
  } catch (error) {
    discard();
    throw error;
  }
}

function serve(daemon: Daemon, language: Language, release: () => void): EmbeddedBridge {
  const route = createRouter(createCalls(daemon));
  let closing: Promise<void> | undefined;
  return {
    call: async (method, path, body, signal) => {
      try {
        const url = new URL(path, 'http://localhost');
        const found = route(method, url.pathname);
        if (found === undefined) throw new TillbridgeError('TB_API_NOT_FOUND', { what: `${method} ${url.pathname}` });
        const request = { method, path: url.pathname, params: found.params, query: url.searchParams, body, caller: CONTROL_CALLER, language, signal };
        return await found.call.run(request);
      } catch (error) {
        return errorResponse(error, language);
      }
    },
    subscribe: (since, sink) => {
      const options = { grants: ALL_GRANTS, ...(since === undefined ? {} : { since }) };
      const subscription = daemon.hub.subscribe(options, { send: (frame) => sink.frame(frame), ready: () => true, ended: () => sink.ended() });
      return () => subscription.close();
    },
    close: () => {
      closing ??= daemon.close().finally(release);
      return closing;
    },
  };
}

function load(document: Record<string, unknown>, language: Language): LoadedConfig {
  // JSON is YAML: one reader of configurations, with all its checks and its hints
  const loaded = parseConfig(JSON.stringify(document, null, 1), { path: NAME, env: process.env, readFile: (path) => readFileSync(path), language, findPlugin: pluginFinder(process.cwd(), undefined) });
  if (loaded.ok) return loaded;
  const problems = loaded.problems.map((problem) => formatProblem(problem)).join('\n');
  throw new TillbridgeError('TB_CONFIG_INVALID', { path: NAME, count: loaded.problems.length }, { cause: new Error(problems) });
}
