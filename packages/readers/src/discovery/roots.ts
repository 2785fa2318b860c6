/** Where Linux shows its devices; tests point it to a made-up tree. */
export interface SystemRoots {
  readonly sys: string;
  readonly dev: string;
  readonly proc: string;
}

export const SYSTEM_ROOTS: SystemRoots = { sys: '/sys', dev: '/dev', proc: '/proc' };
