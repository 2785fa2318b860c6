/** What can be made to go wrong at the simulated iikoFront. All of it happens at real ones. */
export interface FrontFaults {
  /** So many of the next edits find the order closed between the look and the submit. */
  closedMeanwhile: number;
  /** So many of the next submits are refused because somebody else edits the order. */
  entityInUse: number;
  /** So many of the next submits find another revision than the one that was read. */
  wrongRevision: number;
  /** The plugin's user lacks the right: every edit is refused. */
  permissionDenied: boolean;
  /** The licence of the plugin's module is missing: every edit is refused. */
  licence: boolean;
  /** Submits are accepted and change nothing. */
  ignoreEdits: boolean;
  /** So many of the next submits fail with an exception that nobody expects. */
  hostError: number;
  /** The directory of guests does not answer for those that came within the last minutes: what a slow synchronisation looks like. */
  directoryStale: boolean;
  /** The POS server of iikoCard says that it authorised the guest, and the order stays as it is. */
  authorizeIgnored: boolean;
  /** The next so many answers that a plugin sends or gets are lost on the way. */
  lostAnswers: number;
  /** The daemon cannot be reached from the terminals. */
  daemonUnreachable: boolean;
}

export function noFrontFaults(): FrontFaults {
  return {
    closedMeanwhile: 0,
    entityInUse: 0,
    wrongRevision: 0,
    permissionDenied: false,
    licence: false,
    ignoreEdits: false,
    hostError: 0,
    directoryStale: false,
    authorizeIgnored: false,
    lostAnswers: 0,
    daemonUnreachable: false,
  };
}

type Countdown = { [K in keyof FrontFaults]: FrontFaults[K] extends number ? K : never }[keyof FrontFaults];

/** Takes one of a fault that was set for so many times; false when there is none left. */
export function takeFault(faults: FrontFaults, name: Countdown): boolean {
  if (faults[name] <= 0) return false;
  faults[name] -= 1;
  return true;
}
