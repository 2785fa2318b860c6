/** `private`: of a local network; `loopback`: this machine; `linkLocal`: a network without a router; `public`: everything else. */
export type AddressKind = 'private' | 'loopback' | 'linkLocal' | 'public' | 'none';
/** `::ffff:192.168.1.5`, as a socket for both families shows an IPv4 peer, and `fe80::1%eth0` without their wrapping. */
export declare function plainAddress(address: string): string;
/** What kind of address this is; `none` for what is no address. */
export declare function addressKind(address: string): AddressKind;
/** Whether a phone may be served there: nothing of ours is ever offered to the internet. */
export declare function isLocal(address: string): boolean;
