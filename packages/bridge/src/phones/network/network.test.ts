import fc from 'fast-check';
import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, test } from 'vitest';
import { addressKind, isLocal, plainAddress } from './address-kind.js';
import { phoneAddresses } from './candidates.js';
import { originOf, wantedAddresses } from './wanted.js';

const v4 = (address: string, mac = '3c:52:82:00:00:01', internal = false): NetworkInterfaceInfo => ({ address, netmask: '255.255.255.0', family: 'IPv4', mac, internal, cidr: `${address}/24` });
const v6 = (address: string): NetworkInterfaceInfo => ({ address, netmask: 'ffff::', family: 'IPv6', mac: '3c:52:82:00:00:01', internal: false, cidr: null, scopeid: 0 });

describe('an address', () => {
  test.each([
    ['10.1.2.3', 'private'], ['172.16.0.1', 'private'], ['172.31.255.255', 'private'], ['192.168.1.5', 'private'], ['fd12::1', 'private'], ['::ffff:192.168.1.5', 'private'],
    ['172.32.0.1', 'public'], ['172.15.0.1', 'public'], ['8.8.8.8', 'public'], ['192.169.0.1', 'public'], ['100.64.0.1', 'public'], ['2001:db8::1', 'public'], ['0.0.0.0', 'public'], ['::', 'public'], ['::ffff:8.8.8.8', 'public'],
    ['127.0.0.1', 'loopback'], ['::1', 'loopback'], ['169.254.3.4', 'linkLocal'], ['fe80::1%eth0', 'linkLocal'],
    ['kassa.local', 'none'], ['', 'none'], ['192.168.1', 'none'], ['192.168.1.5/24', 'none'],
  ])('%s is %s', (address, kind) => {
    expect(addressKind(address)).toBe(kind);
  });

  test('of the internet is never local, however it is written', () => {
    fc.assert(fc.property(fc.ipV4(), (address) => isLocal(`::ffff:${address}`) === isLocal(address) && plainAddress(`::FFFF:${address}`) === address));
  });
});

describe('the addresses for phones', () => {
  test('are the private ones, real adapters first, IPv4 before IPv6, link-local behind', () => {
    const found = phoneAddresses({
      lo: [v4('127.0.0.1', undefined, true)],
      docker0: [v4('172.17.0.1', '02:42:ac:11:00:01')],
      'vEthernet (WSL)': [v4('172.20.0.1')],
      tun0: [v4('10.8.0.2')],
      eth0: [v6('fd00::5'), v6('2001:db8::5'), v6('fe80::5'), v4('203.0.113.5'), v4('192.168.1.10')],
      eth1: [v4('169.254.7.7')],
      'Wi-Fi': [v4('10.0.0.7')],
    });
    expect(found.map(({ address }) => address)).toEqual(['192.168.1.10', '10.0.0.7', 'fd00::5', '169.254.7.7', '172.17.0.1', '172.20.0.1', '10.8.0.2']);
    expect(found.filter(({ virtual }) => virtual).map(({ adapter }) => adapter)).toEqual(['docker0', 'vEthernet (WSL)', 'tun0']);
  });

  test('are none on a machine of the internet alone', () => {
    expect(phoneAddresses({ eth0: [v4('203.0.113.5')] })).toEqual([]);
  });

  test('are the one that is named, where one is', () => {
    const interfaces = () => ({ eth0: [v4('192.168.1.10')], eth1: [v4('192.168.2.10')] });
    expect(wantedAddresses('192.168.2.10', interfaces)).toEqual([{ address: '192.168.2.10', adapter: 'eth1', family: 4, virtual: false }]);
    expect(wantedAddresses('auto', interfaces)).toHaveLength(2);
  });

  test('stand in brackets where they have to', () => {
    expect(originOf('https', 'fd00::5', 48_443)).toBe('https://[fd00::5]:48443');
    expect(originOf('http', '10.0.0.7', 80)).toBe('http://10.0.0.7:80');
  });
});
