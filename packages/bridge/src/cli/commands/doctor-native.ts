import type { ProbeRow } from '@tillbridge/core';
import type { Config } from '../../config/index.js';

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
    needed: ({ readers, tills }) => readers.some(({ type }) => type === 'serial') || tills.some((till) => till.adapter === 'virtual-com' && till.transport === 'port'),
  },
  {
    name: 'koffi',
    why: 'virtual COM ports on Linux',
    load: () => import('koffi'),
    needed: ({ tills }) => tills.some((till) => till.adapter === 'virtual-com' && till.transport === 'pty'),
  },
];

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
