export interface HostPort {
    readonly host: string;
    /** 0 to 65535; 0 asks the system for a free one. */
    readonly port: number;
}
/** Reads `HOST:PORT`; an IPv6 address stands in brackets. `undefined` where the text is something else. */
export declare function parseHostPort(text: string): HostPort | undefined;
/** Whether an address is only reachable from this machine. */
export declare function isLoopback(host: string): boolean;
