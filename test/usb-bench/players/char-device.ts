import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, constants, openSync, writeSync } from 'node:fs';

/**
 * A character device read as a stream. Node's own ways do not serve: a file read blocks a thread of the pool for good, and sockets refuse
 * these devices. `cat` shares the open file and its output is a plain pipe.
 */
export class CharDevice {
  readonly fd: number;
  readonly #cat: ChildProcess;
  #closed = false;

  constructor(path: string, received: (data: Buffer) => void, access: 'read' | 'readWrite' = 'readWrite') {
    this.fd = openSync(path, (access === 'read' ? constants.O_RDONLY : constants.O_RDWR) | constants.O_NOCTTY);
    const cat = spawn('cat', [], { stdio: [this.fd, 'pipe', 'ignore'] });
    cat.stdout?.on('data', received);
    this.#cat = cat;
  }

  write(data: Uint8Array | string): void {
    const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
    let sent = 0;
    while (sent < bytes.length) sent += writeSync(this.fd, bytes, sent);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#cat.kill('SIGKILL');
    closeSync(this.fd);
  }
}
