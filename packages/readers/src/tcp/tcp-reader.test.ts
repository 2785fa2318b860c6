import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { silentLog, systemClock } from '@tillbridge/core';
import { RecordingSink } from '@tillbridge/testkit/suites';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { allowList } from './allow-list.js';
import { MAX_CONNECTIONS, type TcpReaderOptions } from './options.js';
import { createTcpReader, type TcpReader } from './tcp-reader.js';

const context = { clock: systemClock, log: silentLog };

describe('tcp reader', () => {
  let sink: RecordingSink;
  const closers: (() => unknown)[] = [];
  beforeEach(() => {
    sink = new RecordingSink();
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  const listening = async (options: Partial<TcpReaderOptions> = {}): Promise<TcpReader> => {
    const reader = createTcpReader({ id: 'net', listen: { port: 0 }, ...options }, context);
    closers.push(() => reader.close());
    await reader.open(sink, new AbortController().signal);
    return reader;
  };
  const dial = async (reader: TcpReader): Promise<Socket> => {
    const socket = connect(reader.address!.port, '127.0.0.1');
    socket.on('error', () => undefined);
    closers.push(() => socket.destroy());
    await once(socket, 'connect');
    return socket;
  };

  test('listens on this machine only, on a port that it names', async () => {
    const reader = await listening();
    expect(reader.address).toMatchObject({ host: '127.0.0.1' });
    expect(reader.address!.port).toBeGreaterThan(0);
    await reader.close();
    expect(reader.address).toBeUndefined();
  });

  test('several scanners at once: each cut on its own', async () => {
    const reader = await listening();
    const [first, second] = [await dial(reader), await dial(reader)];
    first.write('46000');
    second.write('ABC');
    // what was sent before it has been read when this is
    (await dial(reader)).write('SYNC\r');
    await sink.untilReads(1);
    first.write('00001\r');
    second.write('DEF\r');
    await sink.untilReads(3);
    expect([...sink.texts].sort()).toEqual(['4600000001', 'ABCDEF', 'SYNC']);
    await sink.until('all silences', () => sink.count('quiet') === 3);
  });

  test('a connection too many is refused; when one goes, another may come', async () => {
    const reader = await listening();
    const sockets = [];
    for (let count = 0; count < MAX_CONNECTIONS; count += 1) sockets.push(await dial(reader));
    const surplus = await dial(reader);
    await once(surplus.resume(), 'close');
    const [first] = sockets;
    first!.end('A\r');
    await once(first!.resume(), 'close');
    (await dial(reader)).write('B\r');
    await sink.untilReads(2);
    expect(sink.texts).toEqual(['A', 'B']);
  });

  test('an address that is not allowed is refused', async () => {
    const reader = await listening({ allow: ['10.1.2.0/24'] });
    const socket = await dial(reader);
    socket.write('A\r');
    await once(socket.resume(), 'close');
    expect(sink.reads).toEqual([]);
  });

  test('a port that is taken: retries until it is free', async () => {
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const reader = await listening({ listen: { port } });
    expect(reader.state).toMatchObject({ status: 'retrying', reason: { code: 'TB_READER_LISTEN_FAILED' } });
    other.close();
    await sink.untilStatus('ready', 3000);
    (await dial(reader)).write('A\r');
    await sink.untilReads(1);
  });

  test('nobody there: says so', async () => {
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    other.close();
    const reader = createTcpReader({ id: 'net', connect: { host: '127.0.0.1', port } }, context);
    closers.push(() => reader.close());
    await reader.open(sink, new AbortController().signal);
    expect(reader.state.reason?.code).toBe('TB_READER_CONNECT_FAILED');
    expect(reader.state.reason?.text('en')).toContain('ECONNREFUSED');
  });
});

describe('allow list', () => {
  test.each([
    [undefined, '127.0.0.1', true],
    [undefined, '127.9.9.9', true],
    [undefined, '::1', true],
    [undefined, '::ffff:127.0.0.1', true],
    [undefined, '192.168.1.5', false],
    [undefined, undefined, false],
    [undefined, 'garbage', false],
    [['192.168.1.0/24'], '192.168.1.5', true],
    [['192.168.1.0/24'], '::ffff:192.168.1.5', true],
    [['192.168.1.0/24'], '192.168.2.5', false],
    [['10.0.0.7'], '10.0.0.7', true],
    [['10.0.0.7'], '10.0.0.8', false],
    [['fd00::/8'], 'fd12::1', true],
    [[], '127.0.0.1', false],
  ])('%j: %s -> %s', (entries, address, allowed) => {
    expect(allowList(entries)(address)).toBe(allowed);
  });

  test.each(['', 'shop', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.0/-1', '10.0.0.0/', 'fd00::/129'])('%j is refused', (entry) => {
    expect(() => allowList([entry])).toThrow(RangeError);
  });
});
