/** `starting`: the process runs and has not been heard yet. `restarting`: there is none, or it is being killed; the next one is due. */
export type HostState = 'starting' | 'running' | 'restarting' | 'stopped';

/** `heard`: a message came. `silent`: none came in time. `exited`: the process ended. `due`: the delay before a restart is over. */
export type HostEvent = 'heard' | 'silent' | 'exited' | 'due' | 'stop';

/** The life of a supervised process. Every cell is filled: what must not happen keeps the state. */
export const HOST_STATES: Readonly<Record<HostState, Readonly<Record<HostEvent, HostState>>>> = {
  starting: { heard: 'running', silent: 'restarting', exited: 'restarting', due: 'starting', stop: 'stopped' },
  running: { heard: 'running', silent: 'restarting', exited: 'restarting', due: 'running', stop: 'stopped' },
  restarting: { heard: 'restarting', silent: 'restarting', exited: 'restarting', due: 'starting', stop: 'stopped' },
  stopped: { heard: 'stopped', silent: 'stopped', exited: 'stopped', due: 'stopped', stop: 'stopped' },
};
