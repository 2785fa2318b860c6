import { TillbridgeError } from '@tillbridge/core';
import { changeClients, lockHolder, readClients, stateFolderAt } from '@tillbridge/store';
import { clientView } from '../../api/clients/index.js';
import type { Cli } from '../cli.js';
import { parseScopes } from '../client-scopes.js';
import { isRecord, list, table, text } from '../format.js';
import type { PairOptions } from '../register-clients.js';

/** Opens a pairing in the running daemon and shows its code. */
export async function pair(cli: Cli, { name, scope, till }: PairOptions): Promise<void> {
  const scopes = parseScopes(scope, till);
  const { body } = await cli.call('POST', '/v1/clients/pair', { name, scopes });
  const { code, expiresAt } = isRecord(body) ? body : {};
  cli.result(body, () =>
    [
      text(code),
      cli.say({
        en: `Give this code to the program within two minutes (until ${text(expiresAt)}); it works once.`,
        ru: `Введите этот код в программе в течение двух минут (до ${text(expiresAt)}); он действует один раз.`,
      }),
    ].join('\n'),
  );
}

/** Of the running daemon, else of its file. */
export async function listClients(cli: Cli): Promise<void> {
  const state = stateFolderAt(cli.statePath);
  const body =
    lockHolder(state) === undefined
      ? { clients: readClients(state.file('clients.db')).map((client) => clientView(client)) }
      : (await cli.call('GET', '/v1/clients')).body;
  const rows = isRecord(body) ? list(body['clients']) : [];
  cli.result(body, () =>
    rows.length === 0
      ? cli.say({ en: 'no client is paired', ru: 'сопряжённых клиентов нет' })
      : table(rows.map((row) => [text(row['id']), text(row['name']), text(row['lastSeen'] ?? '-'), scopesOf(row)])),
  );
}

function scopesOf(row: Record<string, unknown>): string {
  const { scopes } = row;
  return Array.isArray(scopes) ? scopes.map(text).join(',') : '';
}

export async function revoke(cli: Cli, id: string): Promise<void> {
  const state = stateFolderAt(cli.statePath);
  if (lockHolder(state) !== undefined) {
    // an id is one segment of the path, whatever was typed
    await cli.call('POST', `/v1/clients/${encodeURIComponent(id)}/revoke`);
  } else if (!changeClients(state.file('clients.db'), { do: 'remove', id })) {
    throw new TillbridgeError('TB_API_CLIENT_UNKNOWN', { client: id });
  }
  cli.result({ id, revoked: true }, () => cli.say({ en: 'revoked', ru: 'отозван' }));
}
