import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChild, type RunningChild } from '../../support/child.js';
import { makeTempFolder } from '../../support/temp-folder.js';
import { waitFor as waitUpTo } from '../../support/wait-for.js';

/** Whole machines start and stop here, beside other suites. */
const waitFor: typeof waitUpTo = (what, probe) => waitUpTo(what, probe, 120_000);

const SETUP = fileURLToPath(new URL('../../setup-debian-root.mjs', import.meta.url));
const BOOT = fileURLToPath(new URL('boot.sh', import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly output: string;
}

function call(command: string, argv: readonly string[]): Ran {
  // a clean environment: what this machine knows of proxies and certificates is none of the till's
  const env = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', HOME: '/root', DEBIAN_FRONTEND: 'noninteractive', TILLBRIDGE_CI_STEP: process.env['TILLBRIDGE_CI_STEP'] };
  const { status, stdout, stderr } = spawnSync(command, argv, { encoding: 'utf8', timeout: 120_000, env });
  return { code: status, stdout, output: `${stdout}${stderr}` };
}

/** A fresh Debian of a suite's own: files first (`offline`), then booted with systemd as process 1 (`boot`, `run`). */
export class DebianMachine {
  readonly root: string;
  readonly #remove: () => void;
  #child: RunningChild | undefined;
  #init = 0;

  private constructor(root: string, remove: () => void) {
    this.root = root;
    this.#remove = remove;
  }

  static make(): DebianMachine {
    const { status, stdout, stderr } = spawnSync(process.execPath, [SETUP], { encoding: 'utf8', timeout: 700_000 });
    if (status !== 0) throw new Error(`setup-debian-root.mjs: ${stderr}`);
    const { path, remove } = makeTempFolder();
    const root = join(path, 'root');
    const copied = spawnSync('cp', ['-a', '--reflink=auto', stdout.trim(), root], { encoding: 'utf8', timeout: 120_000 });
    if (copied.status !== 0) throw new Error(`cp: ${copied.stderr}`);
    return new DebianMachine(root, remove);
  }

  /** A file of it. */
  file(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  /** Runs a shell's line in it while it is not booted. */
  offline(line: string): Ran {
    return call('chroot', [this.root, '/bin/sh', '-c', line]);
  }

  /** Resolves when systemd takes commands. */
  async boot(): Promise<void> {
    this.#child = startChild('unshare', ['--fork', '--kill-child', '--pid', '--mount', '--uts', '--ipc', '--net', '--cgroup', 'sh', BOOT, this.root]);
    const { pid } = this.#child;
    this.#init = await waitFor('the first process of the machine', () => {
      const [child] = readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8').split(' ');
      return child !== undefined && child !== '' && readFileSync(`/proc/${child}/comm`, 'utf8').trim() === 'systemd' && Number(child);
    });
    await waitFor('systemd', () => this.run('systemctl is-system-running').stdout.trim() !== 'offline' && this.run('systemctl list-units --no-pager').code === 0);
  }

  /** Runs a shell's line in it. */
  run(line: string): Ran {
    return call('nsenter', [`--target=${String(this.#init)}`, '--all', '--root', '--wd', '/bin/sh', '-c', line]);
  }

  /** The same, and it has to succeed. */
  must(line: string): string {
    const { code, stdout, output } = this.run(line);
    if (code !== 0) throw new Error(`${line} ended with ${String(code)}\n${output}\n${this.run('journalctl --no-pager -n 40 2>/dev/null; systemctl status tillbridge --no-pager').output}`);
    return stdout.trim();
  }

  async close(): Promise<void> {
    await this.#child?.kill();
    this.#remove();
    rmSync(this.root, { recursive: true, force: true });
  }
}
