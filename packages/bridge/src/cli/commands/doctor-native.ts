import type { ProbeRow } from '@tillbridge/core';
import type { Config, TillConfig } from '../../config/index.js';

interface Native {
  readonly name: string;
  readonly why: string;
  readonly load: () => Promise<unknown>;
  readonly needed: (config: Config) => boolean;
}

const NATIVES: readonly Native[] = [
  {
    name: 'serialport',
    why: 'serial ports',
    load: () => import('serialport'),
    needed: ({ readers, tills }) => readers.some(({ type }) => type === 'serial') || tills.some((till) => portOf(till) === 'port'),
  },
  {
    name: 'koffi',
    why: 'virtual COM ports on Linux',
    load: () => import('koffi'),
    needed: ({ tills }) => tills.some((till) => portOf(till) === 'pty'),
  },
];

/** The port that a till writes to, itself or as a nested reader. */
function portOf(till: TillConfig): 'pty' | 'port' | undefined {
  if (till.adapter === 'virtual-com') return till.transport;
  return till.adapter === 'rkeeper' && till.transport === 'device' ? till.device.transport : undefined;
}

/** The optional native packages: those that the configuration needs must load. */
export async function nativeRows(config: Config): Promise<readonly ProbeRow[]> {
  return Promise.all(
    NATIVES.map(async ({ name, why, load, needed }): Promise<ProbeRow> => {
      const id = `package ${name}`;
      try {
        await load();
        return { level: 'ok', id, text: `loads (${why})` };
      } catch {
        const text = `is missing or does not load (${why})`;
        return needed(config) ? { level: 'fail', id, text, remedy: `run: npm install ${name}` } : { level: 'ok', id, text: `not installed, not needed (${why})` };
      }
    }),
  );
}
