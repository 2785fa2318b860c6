import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isCidr } from './schema/stations.js';
import { lines, load, withLines } from './test-support.js';

const env = { A: 'a-secret-of-station-a', B: 'b-secret-of-station-b', SHORT: 'fifteen-letters', SLASH: 'a/secret/of/station' };
const tills = '  - { id: front, adapter: client }';
const station = (fields: string, token = 'A'): string => `{ ${fields}, secrets: { token: "\${env:${token}}" } }`;
const good = station('id: kitchen, till: front, allow: [192.168.1.20]');
const withStations = (rest: string): string => withLines({ tills, rest: `stations: { ${rest} }` });
const problems = (rest: string): readonly string[] => lines(withStations(rest), { env }).map((line) => line.replace(/^[^ ]+ /, ''));

describe('the stations listener', () => {
  it('is off by default, and takes what the documentation shows', () => {
    const peers = `[${good}, ${station('id: hall, till: front, allow: [10.0.0.0/8, "fd00::/8"]', 'B')}]`;
    const { config, warnings } = load(withStations(`listen: "192.168.1.10:7845", tls: { cert: /etc/c.pem, key: /etc/k.pem }, peers: ${peers}`), { env });
    expect(config.stations).toMatchObject({ listen: '192.168.1.10:7845', tls: { cert: '/etc/c.pem' }, peers: [{ id: 'kitchen', till: 'front' }, { id: 'hall' }] });
    expect(JSON.stringify(config.stations)).not.toContain('secret-of');
    expect(warnings).toEqual([]);
  });

  it('is the example of its page', () => {
    const page = readFileSync(new URL('../../../../docs/stations.md', import.meta.url), 'utf8');
    const [, yaml = ''] = /```yaml\n(.*?)```/s.exec(page) ?? [];
    const readFile = (): Uint8Array => Buffer.from('secret-of-the-kitchen');
    const { config, warnings } = load(`version: 1\nreaders: [{ id: r, type: till, till: front }]\n${yaml}`, { readFile });
    expect(config.stations).toMatchObject({ peers: [{ id: 'kitchen', allow: ['192.168.1.20', '192.168.2.0/24'] }] });
    expect(warnings.map(({ keyPath }) => keyPath).filter((path) => path.startsWith('stations'))).toEqual([]);
  });

  it('warns of numbers in clear on a network, not on this machine', () => {
    const warnings = (listen: string): readonly string[] =>
      load(withStations(`listen: "${listen}", peers: [${good}]`), { env }).warnings.map(({ keyPath, message }) => `${keyPath}: ${message}`);
    expect(warnings('0.0.0.0:7845')).toEqual(['stations.listen: without `tls` the numbers cross the network in clear']);
    expect(warnings('127.0.0.1:7845')).toEqual([]);
  });

  it.each([
    ['no peers', 'listen: "0.0.0.0:1", peers: []', 'stations.peers: must not be empty'],
    ['nobody allowed', `listen: "0.0.0.0:1", peers: [${station('id: a, till: front, allow: []')}]`, 'stations.peers[0].allow: must not be empty'],
    ['a host name', `listen: "0.0.0.0:1", peers: [${station('id: a, till: front, allow: [kitchen.lan]')}]`, 'stations.peers[0].allow[0]: an address such as 192.168.1.20, or a range such as 192.168.1.0/24, expected'],
    ['half of TLS', `listen: "0.0.0.0:1", tls: { cert: /c.pem }, peers: [${good}]`, 'stations.tls.key: required, and missing'],
    ['a secret in line', 'listen: "0.0.0.0:1", peers: [{ id: a, till: front, allow: [10.0.0.1], secrets: { token: in-line-secret-text } }]', 'stations.peers[0].secrets.token: a secret does not stand in this file: write `${env:NAME}` or `${file:PATH}`'],
    ['a secret that can be guessed', `listen: "0.0.0.0:1", peers: [${station('id: a, till: front, allow: [10.0.0.1]', 'SHORT')}]`, 'stations.peers[0].secrets.token: the secret must have 16 to 256 characters: letters, digits, `.`, `_`, `~`, `-`'],
    ['a secret that is no segment of a path', `listen: "0.0.0.0:1", peers: [${station('id: a, till: front, allow: [10.0.0.1]', 'SLASH')}]`, 'stations.peers[0].secrets.token: the secret must have 16 to 256 characters: letters, digits, `.`, `_`, `~`, `-`'],
    ['one name for two', `listen: "0.0.0.0:1", peers: [${good}, ${station('id: kitchen, till: front, allow: [10.0.0.1]', 'B')}]`, 'stations.peers[1].id: `kitchen` is taken by stations.peers[0]'],
    ['one secret for two', `listen: "0.0.0.0:1", peers: [${good}, ${station('id: hall, till: front, allow: [10.0.0.1]')}]`, 'stations.peers[1].secrets: the same secret as stations.peers[0]: each station needs its own'],
    ['an unknown till', `listen: "0.0.0.0:1", peers: [${station('id: a, till: fornt, allow: [10.0.0.1]')}]`, 'stations.peers[0].till: there is no till `fornt`; did you mean `front`?'],
    ['the port of the API', `listen: "127.0.0.1:7843", peers: [${good}] }\napi: { port: 7843`, 'stations.listen: `127.0.0.1:7843` is used by api.port already'],
  ])('refuses %s', (_, rest, problem) => {
    expect(problems(rest)).toEqual([problem]);
  });

  it('refuses a till whose numbers are not fetched', () => {
    const text = withLines({ rest: `stations: { listen: "0.0.0.0:1", peers: [${good}] }` });
    expect(lines(text, { env })).toEqual([expect.stringContaining('stations.peers[0].till: the till `front` is not one that stations fetch from')]);
  });

  it.each([
    ['192.168.1.20', true],
    ['192.168.1.0/24', true],
    ['0.0.0.0/0', true],
    ['fe80::1', true],
    ['fd00::/8', true],
    ['::ffff:10.0.0.1', true],
    ['192.168.1.0/33', false],
    ['fd00::/129', false],
    ['192.168.1', false],
    ['192.168.1.256', false],
    ['192.168.1.0/', false],
    ['192.168.1.0/-1', false],
    ['fe80::1%eth0', false],
    ['*', false],
    ['', false],
  ])('range %j: %s', (text, valid) => {
    expect(isCidr(text)).toBe(valid);
  });
});
