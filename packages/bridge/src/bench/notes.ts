/** What a reader of the figures has to know, in the two languages of the command line. */
export interface Note {
  readonly id: keyof typeof NOTES;
  readonly en: string;
  readonly ru: string;
}

const NOTES = {
  notLinux: {
    en: 'goods, loyalty scans and memory are measured on Linux only: the rest is this machine',
    ru: 'товары, карты гостя и память измеряются только на Linux: остальное — эта машина',
  },
  noSocat: {
    en: 'socat is not installed: goods are held against our own bare relay, which is as quick as socat or a little quicker',
    ru: 'socat не установлен: товары сравниваются с нашим простым ретранслятором, он не медленнее socat',
  },
  memoryDisk: {
    en: 'this folder lies in memory: a durable commit costs nothing here; name a folder on the disk of the state folder with --dir',
    ru: 'эта папка лежит в памяти: запись на диск здесь ничего не стоит; укажите папку на диске состояния через --dir',
  },
  daemonRuns: {
    en: 'a daemon is running on this machine: the figures were taken beside it',
    ru: 'на этой машине работает служба: цифры получены рядом с ним',
  },
  busy: {
    en: 'the machine had other work to do: the p99 lines measure that too',
    ru: 'у машины была другая работа: строки p99 показывают и её',
  },
  fewScans: {
    en: 'with so few loyalty scans the p99 is the slowest one; a longer run (--seconds) says more',
    ru: 'при таком числе карт p99 — это самая медленная; дольше (--seconds) — точнее',
  },
} as const;

export interface Circumstances {
  readonly linux: boolean;
  readonly socat: boolean;
  /** As `diskOf` says it. */
  readonly disk: string;
  readonly daemonRuns: boolean;
  /** Load average of the last minute, and the cores. */
  readonly load: number;
  readonly cores: number;
  /** How many loyalty scans were measured. */
  readonly loyaltyScans: number;
}

/** From here on the slowest hundredth is more than one. */
const ENOUGH = 100;
const BUSY_SHARE = 0.5;

export function notesOf(seen: Circumstances): readonly Note[] {
  const ids: readonly (readonly [keyof typeof NOTES, boolean])[] = [
    ['notLinux', !seen.linux],
    ['noSocat', seen.linux && !seen.socat],
    ['memoryDisk', /^(tmpfs|ramfs) /.test(seen.disk)],
    ['daemonRuns', seen.daemonRuns],
    ['busy', seen.load > seen.cores * BUSY_SHARE],
    ['fewScans', seen.linux && seen.loyaltyScans <= ENOUGH],
  ];
  return ids.flatMap(([id, holds]) => (holds ? [{ id, ...NOTES[id] }] : []));
}
