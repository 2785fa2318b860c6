/** What a machine must have for a fault, beside Node.js on Linux. `root`: to mount. `preload`: a C compiler and mount namespaces, for a library in front of the C library. */
export type Needs = 'nothing' | 'root' | 'preload';

export interface FaultKind {
  readonly needs: Needs;
  /** How long it lasts, at least and at most, in ms; 0 and 0: a moment. */
  readonly ms: readonly [number, number];
  /** Which of several it meets: how many there are to choose from. */
  readonly targets: number;
}

const moment = (targets = 1): FaultKind => ({ needs: 'nothing', ms: [0, 0], targets });
const spell = (least: number, most: number, targets = 1): FaultKind => ({ needs: 'nothing', ms: [least, most], targets });

/** Everything that the suite does to a daemon while it works. */
export const FAULTS = {
  'kill-main': moment(),
  'kill-journal': moment(),
  'kill-api': moment(),
  'kill-reader': moment(),
  'kill-desk': moment(),
  'reader-hangup': spell(0, 800, 4),
  'till-hangup': spell(20, 900, 2),
  'till-gone': spell(4500, 5500, 2),
  'till-pause': spell(50, 5500, 2),
  'platform-silent': spell(200, 3000),
  'platform-slow': spell(500, 4000),
  'platform-drops': spell(200, 1500),
  'platform-garbage': spell(200, 1500),
  'cash-silent': spell(200, 3000),
  'cash-drops': spell(200, 1500),
  'cash-garbage': spell(200, 1500),
  'cash-refuses': spell(200, 1500),
  'disk-full': { needs: 'root', ms: [200, 2500], targets: 1 },
  'disk-readonly': { needs: 'preload', ms: [200, 2500], targets: 1 },
  'disk-slow': { needs: 'preload', ms: [500, 3000], targets: 3 },
  'clock-forward': { needs: 'preload', ms: [100, 1500], targets: 3 },
  'clock-back': { needs: 'preload', ms: [100, 1500], targets: 3 },
} as const satisfies Readonly<Record<string, FaultKind>>;

/** What is done to the journal's files between two runs of the daemon. */
export const DAMAGES = ['journal-cut', 'journal-flip'] as const;

export type FaultName = keyof typeof FAULTS;
export type DamageName = (typeof DAMAGES)[number];
export type TroubleName = FaultName | DamageName;

export const FAULT_NAMES = Object.keys(FAULTS) as readonly FaultName[];
export const TROUBLE_NAMES: readonly TroubleName[] = [...FAULT_NAMES, ...DAMAGES];

export const isFault = (name: string): name is FaultName => Object.hasOwn(FAULTS, name);
export const isTrouble = (name: string): name is TroubleName => (TROUBLE_NAMES as readonly string[]).includes(name);
