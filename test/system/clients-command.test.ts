import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCli } from '../support/cli.js';
import { startDaemon, type TestDaemon } from '../support/daemon.js';
import { makeTempFolder } from '../support/temp-folder.js';

const shop = (api: string): string => `version: 1
readers: [ { id: counter, type: tcp, listen: "127.0.0.1:0" } ]
tills: [ { id: front, adapter: client } ]
api: ${api}
`;

function folder(): string {
  const { path, remove } = makeTempFolder();
  onTestFinished(remove);
  return path;
}

async function daemon(path: string, api = '{ port: 0 }'): Promise<TestDaemon> {
  const started = await startDaemon(path, shop(api));
  onTestFinished(() => started.stop());
  return started;
}

const health = async (url: string, token: string): Promise<number> =>
  (await fetch(`${url}/v1/health`, { headers: { authorization: `Bearer ${token}` } })).status;

interface Listed {
  readonly clients: readonly { readonly id: string; readonly name: string; readonly scopes: readonly string[]; readonly lastSeen: string | null }[];
}

test('a client is paired, outlives a restart, is listed and revoked with and without a daemon', async () => {
  const path = folder();
  const first = await daemon(path);
  expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const token = await first.token('Front till', 'status:read,delivery,till');
  const other = await first.token('Other', 'status:read');
  expect(await health(first.url, token)).toBe(200);
  const listed = JSON.parse((await first.cli('--json', 'clients', 'list')).stdout) as Listed;
  expect(listed.clients.map(({ name, scopes }) => [name, scopes])).toEqual([
    ['Front till', ['status:read', 'delivery:front', 'till:front']],
    ['Other', ['status:read']],
  ]);
  const [front, second] = listed.clients;
  expect(front?.lastSeen).not.toBeNull();
  expect(await first.cli('clients', 'revoke', second?.id ?? '')).toMatchObject({ code: 0 });
  expect(await health(first.url, other)).toBe(401);
  expect(await first.cli('clients', 'revoke', second?.id ?? '')).toMatchObject({ code: 1, stderr: expect.stringMatching(/^TB_API_CLIENT_UNKNOWN: /) as unknown });
  await first.stop();

  // without a daemon, from its file; when it was last seen was written at the stop
  const offline = JSON.parse((await first.cli('--json', 'clients', 'list')).stdout) as Listed;
  expect(offline.clients).toEqual([{ ...front, lastSeen: expect.any(String) as unknown }]);

  const again = await daemon(path);
  expect(await health(again.url, token)).toBe(200);
  await again.stop();
  expect(await again.cli('clients', 'revoke', front?.id ?? '')).toMatchObject({ code: 0, stdout: 'revoked\n' });
  const last = await daemon(path);
  expect(await health(last.url, token)).toBe(401);
  expect((await last.cli('clients', 'list')).stdout).toBe('no client is paired\n');
});

test('the code is eight digits on a line of its own, and needs a daemon', async () => {
  const path = folder();
  const running = await daemon(path);
  const { code, stdout } = await running.cli('clients', 'pair', '--name', 'Касса', '--scope', 'scan:read');
  expect({ code, first: stdout.split('\n')[0] }).toMatchObject({ code: 0, first: expect.stringMatching(/^\d{8}$/) as unknown });
  const wrong = await running.cli('clients', 'pair', '--name', 'x', '--scope', 'scan:raed');
  expect(wrong).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('did you mean "scan:read"?') as unknown });
  await running.stop();
  const none = await running.cli('clients', 'pair', '--name', 'x', '--scope', 'scan:read');
  expect(none).toMatchObject({ code: 3, stderr: expect.stringMatching(/^TB_API_NO_DAEMON: /) as unknown });
});

test('a port that another program has ends the start with its name, and nothing is left behind', async () => {
  const path = folder();
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const file = join(path, 'tillbridge.yaml');
  writeFileSync(file, shop(`{ port: ${String(port)} }`));
  const doctor = await runCli(['-c', file, '--state', join(path, 'state'), 'doctor']);
  expect(doctor).toMatchObject({ code: 1, stdout: expect.stringMatching(/^fail +api +TB_API_PORT_BUSY: /m) as unknown });
  const result = await runCli(['-c', file, '--state', join(path, 'state'), 'run']);
  expect(result).toMatchObject({ code: 1, stdout: '' });
  expect(result.stderr).toContain(`TB_API_PORT_BUSY: the API cannot listen on 127.0.0.1:${String(port)}: another program has the port`);
  // the state folder is free again
  expect((await daemon(path)).url).toMatch(/^http/);
});

test('doctor tries the port and the certificate for stations', async () => {
  const path = folder();
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await new Promise((resolve) => other.once('listening', resolve));
  const file = join(path, 'tillbridge.yaml');
  const row = async (stations: string): Promise<string | undefined> => {
    writeFileSync(file, `${shop('off')}stations: ${stations}\n`);
    const { stdout } = await runCli(['-c', file, '--state', join(path, 'state'), 'doctor'], { env: { STATION: 'a-secret-of-a-station' } });
    return stdout.split('\n').find((line) => line.includes(' stations '));
  };
  const peers = 'peers: [{ id: hall, till: front, allow: ["127.0.0.1"], secrets: { token: "${env:STATION}" } }]';
  expect(await row('off')).toMatch(/^ok +stations +off$/);
  expect(await row(`{ listen: "127.0.0.1:${String((other.address() as AddressInfo).port)}", ${peers} }`)).toMatch(/^fail +stations +TB_API_STATIONS_LISTEN: .*another program has the port/);
  expect(await row(`{ listen: "192.0.2.1:7845", ${peers} }`)).toMatch(/^fail +stations +TB_API_STATIONS_LISTEN: .*EADDRNOTAVAIL/);
  expect(await row(`{ listen: "127.0.0.1:0", tls: { cert: ${join(path, 'no.pem')}, key: ${file} }, ${peers} }`)).toMatch(/^fail +stations +TB_API_STATIONS_TLS: .*ENOENT/);
  await new Promise((resolve) => other.close(resolve));
  expect(await row(`{ listen: "127.0.0.1:7845", ${peers} }`)).toMatch(/^ok +stations +http:\/\/127\.0\.0\.1:7845$/);
});

test('with `api: off` nothing listens, and the commands work all the same', async () => {
  const running = await daemon(folder(), 'off');
  expect(running.url).toBe('off');
  const status = await running.cli('--json', 'status');
  expect(JSON.parse(status.stdout)).toMatchObject({ api: 'off' });
  expect(await running.cli('clients', 'list')).toMatchObject({ code: 0 });
});
