import { Secret } from '@tillbridge/core';
import { describe, expect, it } from 'vitest';
import { createStations } from './station.js';

const stationOf = (...allow: string[]) => {
  const station = createStations([{ id: 'a', till: 't', allow, secrets: { token: new Secret('sixteen-letters-x') } }]).get('a');
  if (station === undefined) throw new Error('no station');
  return station;
};

describe('addresses of a station', () => {
  it.each([
    [['192.168.1.20'], '192.168.1.20', true],
    [['192.168.1.20'], '192.168.1.21', false],
    [['192.168.1.0/24'], '192.168.1.255', true],
    [['192.168.1.0/24'], '192.168.2.0', false],
    [['10.0.0.0/8', '172.16.0.0/12'], '172.31.255.255', true],
    [['172.16.0.0/12'], '172.32.0.1', false],
    [['0.0.0.0/0'], '8.8.8.8', true],
    // a listener on :: sees IPv4 peers as mapped ones
    [['192.168.1.0/24'], '::ffff:192.168.1.7', true],
    [['192.168.1.0/24'], '::FFFF:192.168.1.7', true],
    [['192.168.1.0/24'], '::ffff:192.168.2.7', false],
    [['0.0.0.0/0'], '2001:db8::1', false],
    [['::/0'], '2001:db8::1', true],
    [['fd00::/8'], 'fd12:3456::1', true],
    [['fd00::/8'], 'fe80::1', false],
    [['fe80::/10'], 'fe80::1%eth0', true],
    [['::1'], '::1', true],
    [['127.0.0.1'], '::1', false],
    [['127.0.0.1'], '', false],
    [['127.0.0.1'], 'localhost', false],
    [['127.0.0.1'], '127.0.0.1.evil.example', false],
    [['127.0.0.1'], '0x7f.0.0.1', false],
  ] as const)('%j, %s: %s', (allow, address, allowed) => {
    expect(stationOf(...allow).allows(address)).toBe(allowed);
  });
});

describe('the secret of a station', () => {
  it.each([
    ['sixteen-letters-x', true],
    ['sixteen-letters-', false],
    ['sixteen-letters-xx', false],
    ['Sixteen-letters-x', false],
    ['', false],
  ])('%j: %s', (secret, right) => {
    expect(stationOf('127.0.0.1').knows(secret)).toBe(right);
  });
});
