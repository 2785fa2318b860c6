import { Socket } from 'node:net';

type Connect = (this: Socket, ...args: unknown[]) => Socket;

/**
 * Closes the ways out that Node.js's permission model leaves open (its documentation: signals and local sockets are not among what it limits):
 * a signal opens the debugger of the daemon or ends it, and the daemon's control socket does everything for whoever may open it. Called before
 * anything of the plugin is loaded; `process.binding`, the way around it, is refused by the permission model itself.
 */
export function confine(): void {
  const denied = (what: string) => (): never => {
    throw Object.assign(new Error(`${what} is not for plugins`), { code: 'ERR_ACCESS_DENIED' });
  };
  // `_kill` and `_debugProcess` are what `kill` and `node inspect -p` are made of
  for (const name of ['kill', '_kill', '_debugProcess', '_debugEnd']) {
    Object.defineProperty(process, name, { value: denied(`process.${name}`), writable: false, configurable: false });
  }
  // net, http, tls and fetch all connect by this one
  const connect = Reflect.get(Socket.prototype, 'connect') as Connect;
  const overNetwork: Connect = function overNetwork(...args) {
    const given: readonly unknown[] = Array.isArray(args[0]) ? args[0] : args;
    const [first, second] = given;
    const callback = given.find((each) => typeof each === 'function');
    // a copy: what is looked at is what is used
    const options: Readonly<Record<string, unknown>> = typeof first === 'object' && first !== null ? { ...first } : { port: first, ...(typeof second === 'string' ? { host: second } : {}) };
    if (options['path'] !== undefined && options['path'] !== null && options['path'] !== '') denied('a local socket')();
    return Reflect.apply(connect, this, callback === undefined ? [options] : [options, callback]);
  };
  Object.defineProperty(Socket.prototype, 'connect', { value: overNetwork, writable: false, configurable: false });
}
