import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { VirtualClock } from '@tillbridge/testkit';
import { RotatingIssuer } from '@tillbridge/testkit/rotating';
import { beforeEach, describe, expect, it } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.js';
import { KeyRing } from '../rotating/key-ring.js';
import { Download } from './download.js';
import { keysJob, MAX_KEY_SET, type KeyCopy } from './keys-job.js';

let clock: VirtualClock;
let issuer: RotatingIssuer;
let file: string;
let kept: { text: string; confirmed: number } | undefined;
const copy: KeyCopy = {
  load: () => kept,
  save: (text, confirmed) => {
    kept = { text, confirmed };
    return Promise.resolve();
  },
};
const never = new AbortController().signal;
const ringOf = (): KeyRing => new KeyRing({ clock, issuer: issuer.issuer, maxAgeMs: 86_400_000 });

beforeEach(() => {
  kept = undefined;
  clock = new VirtualClock();
  issuer = new RotatingIssuer({ clock });
  file = join(tempFolder(), 'keys.json');
});

describe('an issuer\'s keys', () => {
  it('are kept, so that the next start has them without anybody\'s help, as old as they are', async () => {
    writeFileSync(file, issuer.keySet());
    await keysJob({ id: 'keys', ring: ringOf(), clock, copy, from: { file } }).run(true, never);
    rmSync(file);
    await clock.advance(3_600_000);
    const ring = ringOf();
    const job = keysJob({ id: 'keys', ring, clock, copy, from: { file } });
    expect(ring.version).toBe(1);
    expect(clock.wall() - (ring.confirmed ?? 0)).toBe(3_600_000);
    await expect(job.run(true, never)).rejects.toMatchObject({ code: 'TB_TRANSLATE_SYNC_DOWNLOAD' });
    await clock.advance(24 * 3_600_000);
    expect(ring.current()).toBe('keysTooOld');
  });

  it('that go back or are no key set are refused, the ones that are there stay', async () => {
    const first = issuer.keySet();
    issuer.rotate();
    writeFileSync(file, issuer.keySet());
    const ring = ringOf();
    const job = keysJob({ id: 'keys', ring, clock, copy, from: { file } });
    await job.run(true, never);
    for (const text of [first, '{}', '<html>', new RotatingIssuer({ clock, issuer: 'x' }).keySet()]) {
      writeFileSync(file, text);
      await expect(job.run(true, never)).rejects.toMatchObject({ code: 'TB_TRANSLATE_SYNC_KEYS' });
    }
    expect(ring.version).toBe(2);
    expect(kept?.text).toBe(issuer.keySet());
  });

  it('that did not change are confirmed: they stay good without being sent again', async () => {
    let sent = 0;
    const server = createServer((request, response) => {
      const version = `"${String(issuer.keySet().length)}"`;
      if (request.headers['if-none-match'] === version) response.writeHead(304).end();
      else {
        sent += 1;
        response.writeHead(200, { etag: version }).end(issuer.keySet());
      }
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const from = new Download({ source: 'keys', url: new URL(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`), auth: { type: 'none' }, maxBytes: MAX_KEY_SET });
    const ring = ringOf();
    const job = keysJob({ id: 'keys', ring, clock, copy, from });
    try {
      expect(await job.run(true, never)).toEqual({ rows: 1 });
      await clock.advance(20 * 3_600_000);
      expect(await job.run(true, never)).toEqual({ unchanged: true });
      await clock.advance(20 * 3_600_000);
      expect(typeof ring.current()).toBe('object');
      expect(kept?.confirmed).toBe(clock.wall() - 20 * 3_600_000);
      expect(sent).toBe(1);
      issuer.rotate();
      expect(await job.run(true, never)).toEqual({ rows: 2 });
    } finally {
      await job.close?.();
      server.closeAllConnections();
      server.close();
    }
  });
});
