import { systemClock } from '@tillbridge/core';
import { RotatingIssuer } from '@tillbridge/testkit/rotating';
import { z } from 'zod';
import type { Cli } from '../cli.js';
import { startControl, type ControlRoute } from './control-server.js';
import { addressOf, untilStopped, usage } from './stand-alone.js';

export interface SimRotatingOptions {
  readonly issuer: string;
  readonly step: string;
  readonly control: string;
}

/** An issuer of rotating codes until Ctrl-C. Prints one line `READY pid=N control=URL keys=URL`; `keys` is `keys.url` of the translator. */
export async function simRotating(cli: Cli, options: SimRotatingOptions): Promise<void> {
  if (!/^[a-z0-9][a-z0-9.-]{0,63}$/.test(options.issuer)) throw usage('--issuer: 1 to 64 small letters, digits, dots and dashes');
  const stepSeconds = Number(options.step);
  if (!Number.isInteger(stepSeconds) || stepSeconds < 5 || stepSeconds > 3600) throw usage('--step: 5 to 3600 seconds');
  // its keys end with it: the next one's set is newer by the time
  const issuer = new RotatingIssuer({ clock: systemClock, issuer: options.issuer, stepSeconds, firstVersion: Math.floor(systemClock.wall() / 1000) });
  const control = await startControl(addressOf('--control', options.control), rotatingRoutes(issuer), cli.lang);
  try {
    const keys = `${control.url}/keys.json`;
    if (cli.json) cli.out(JSON.stringify({ ready: true, pid: process.pid, control: control.url, keys }));
    else cli.out(`READY pid=${process.pid} control=${control.url} keys=${keys}`);
    await untilStopped();
  } finally {
    await control.close();
  }
}

const codeBody = z.strictObject({ guest: z.string().regex(/^[A-Za-z0-9._-]{1,21}$/), steps: z.int().min(-1000).max(1000).default(0), kid: z.string().max(4).optional() });
const revokeBody = z.strictObject({ kid: z.string().max(4) });

/** What a script can ask of the issuer. */
export function rotatingRoutes(issuer: RotatingIssuer): readonly ControlRoute[] {
  const known = (kid: string): string => {
    if (!issuer.kids.includes(kid)) throw usage(`there is no key ${JSON.stringify(kid)}; there are ${issuer.kids.join(', ')}`);
    return kid;
  };
  return [
    { method: 'GET', path: '/keys.json', handle: () => JSON.parse(issuer.keySet()) as unknown },
    {
      method: 'POST',
      path: '/code',
      handle: (body) => {
        const { guest, steps, kid } = parsed(codeBody, body);
        return { code: issuer.code(guest, steps, kid === undefined ? undefined : known(kid)) };
      },
    },
    { method: 'POST', path: '/rotate', handle: () => ({ kid: issuer.rotate() }) },
    {
      method: 'POST',
      path: '/revoke',
      handle: (body) => {
        issuer.revoke(known(parsed(revokeBody, body).kid));
        return { keys: issuer.kids };
      },
    },
  ];
}

function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body ?? {});
  if (!result.success) throw usage(result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  return result.data;
}
