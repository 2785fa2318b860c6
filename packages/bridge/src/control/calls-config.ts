import { asTillbridgeError, type Language } from '@tillbridge/core';
import { z } from 'zod';
import type { Daemon } from '../daemon/daemon.js';
import { RefusedConfigError } from '../daemon/refused-config.js';
import type { Desk } from '../desk/desk.js';
import { defineCall, ok, type ApiResponse, type Call } from './http.js';

const problem = z.object({ line: z.int(), column: z.int(), keyPath: z.string(), message: z.string(), file: z.string() });
const text = z.string().max(1024 * 1024);
const saveBody = z.strictObject({ text, revision: z.string().regex(/^[0-9a-f]{64}$/).describe('`revision` of the text that was edited.') });
const saved = z.object({
  revision: z.string().optional().describe('Of what is on the disk now.'),
  backup: z.string().nullable().optional().describe('Where the text before was put aside; null where nothing was changed.'),
  saved: z.boolean(),
  problems: z.array(problem).optional().describe('Why it was not saved.'),
  reload: z
    .object({
      ok: z.boolean(),
      changed: z.array(z.string()).optional(),
      restartNeeded: z.array(z.string()).optional(),
      error: z.object({ code: z.string(), message: z.string(), remedy: z.string() }).optional().describe('Why the bridge goes on with the configuration before.'),
    })
    .optional(),
});

/** The configuration: shown to whoever may read it, changed by whoever may write it. That one can name any host and file: he is as good as the owner of the bridge. */
export function configCalls(daemon: Pick<Daemon, 'reload'>, desk: Desk): readonly Call[] {
  return [
    defineCall({
      method: 'GET',
      path: '/v1/config',
      summary: 'The effective configuration of the file, secrets hidden, and the hosts that may be contacted.',
      access: 'config:read',
      answers: { 200: z.object({ yaml: z.string(), hosts: z.array(z.string()) }) },
      handler: async ({ language }) => ok(await desk.run('config.shown', undefined, { language })),
    }),
    defineCall({
      method: 'GET',
      path: '/v1/config/schema',
      summary: 'The JSON Schema of the configuration, with a description for every key.',
      access: 'config:read',
      answers: { 200: z.looseObject({}) },
      handler: async ({ language }) => ok(await desk.run('config.schema', undefined, { language })),
    }),
    defineCall({
      method: 'GET',
      path: '/v1/config/file',
      summary: 'The text of the file. One in which a secret stands is not shown.',
      access: 'config:read',
      answers: { 200: z.object({ path: z.string(), text: z.string(), revision: z.string(), readOnly: z.string().optional().describe('Why it cannot be saved.') }) },
      handler: async ({ language }) => ok(await desk.run('config.read', undefined, { language })),
    }),
    defineCall({
      method: 'POST',
      path: '/v1/config/check',
      summary: 'All mistakes of a text at once; saves nothing.',
      access: 'config:write',
      body: z.strictObject({ text }),
      answers: {
        200: z.object({
          ok: z.boolean(),
          problems: z.array(problem),
          warnings: z.array(problem),
          hosts: z.array(z.string()),
          console: z.string().optional().describe('Where the console would be, such as 127.0.0.1:7843, or off.'),
        }),
      },
      handler: async ({ body, language }) => ok(await desk.run('config.check', body, { language })),
    }),
    defineCall({
      method: 'PUT',
      path: '/v1/config/file',
      summary: 'Saves a valid text in the place of the one that was edited, keeps a backup and reloads.',
      access: 'config:write',
      body: saveBody,
      answers: { 200: saved },
      handler: ({ body, language }) => save(daemon, desk, body, language),
    }),
    ...backupCalls(desk),
  ];
}

function backupCalls(desk: Desk): readonly Call[] {
  return [
    defineCall({
      method: 'GET',
      path: '/v1/config/backups',
      summary: 'What was put aside when the configuration was saved here, newest first.',
      access: 'config:read',
      answers: { 200: z.object({ backups: z.array(z.object({ name: z.string(), time: z.iso.datetime(), bytes: z.int() })) }) },
      handler: async ({ language }) => ok({ backups: await desk.run('config.backups', undefined, { language }) }),
    }),
    defineCall({
      method: 'GET',
      path: '/v1/config/backups/:name',
      summary: 'The text of a backup.',
      access: 'config:read',
      answers: { 200: z.object({ text: z.string() }) },
      handler: async ({ params: { name = '' }, language }) => ok(await desk.run('config.backup', { name }, { language })),
    }),
  ];
}

async function save(daemon: Pick<Daemon, 'reload'>, desk: Desk, body: z.output<typeof saveBody>, language: Language): Promise<ApiResponse> {
  const written = await desk.run('config.save', body, { language }).catch((error: unknown) => {
    if (error instanceof RefusedConfigError) return error;
    throw error;
  });
  if (written instanceof RefusedConfigError) return ok({ saved: false, problems: written.found });
  return ok({ saved: true, ...written, reload: await reloaded(daemon, language) });
}

/** What became of it: a file that is saved and cannot be applied is no failure of the saving. */
async function reloaded(daemon: Pick<Daemon, 'reload'>, language: Language): Promise<Record<string, unknown>> {
  try {
    return { ok: true, ...(await daemon.reload(language)) };
  } catch (thrown) {
    const error = asTillbridgeError(thrown, 'TB_API_INTERNAL');
    return { ok: false, error: { code: error.code, message: error.text(language), remedy: error.remedy(language) } };
  }
}
