import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Downloads of 72 MB on a slow line. */
const DOWNLOAD_BUDGET_MS = 600_000;

/** A Debian package as the package lists describe it. */
export interface DebianPackage {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
}

/** Reads the first record of `apt-cache show`. */
export function parsePackageRecord(text: string): DebianPackage | undefined {
  const [record = ''] = text.split('\n\n');
  const field = (name: string): string | undefined => new RegExp(`^${name}: (.+)$`, 'm').exec(record)?.[1];
  const [name, version, sha256] = [field('Package'), field('Version'), field('SHA256')];
  return name === undefined || version === undefined || sha256 === undefined ? undefined : { name, version, sha256 };
}

/** The kernel image that a meta package stands for, from `apt-cache depends`: its number moves with every security update. */
export function parseKernelDependency(text: string): string | undefined {
  return /Depends: (linux-image-\d\S+)/.exec(text)?.[1];
}

/**
 * Debian's package lists, read and fetched without root: those of the system where it has them, else a copy of our own in `folder`.
 * @throws Error saying what to install when this is no Debian or the lists cannot be had.
 */
export class Apt {
  readonly #folder: string;
  #options: readonly string[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Makes sure that the kernel can be found, with a list of our own when the system has none (a container whose lists were removed). */
  async prepare(): Promise<void> {
    if (parseKernelDependency(await this.#query('depends', 'linux-image-amd64')) !== undefined) return;
    const lists = join(this.#folder, 'apt');
    for (const name of ['lists/partial', 'cache/archives/partial']) await mkdir(join(lists, name), { recursive: true });
    this.#options = [`Dir::State::Lists=${lists}/lists`, `Dir::Cache=${lists}/cache`, 'Debug::NoLocking=1'].flatMap((option) => ['-o', option]);
    await run('apt-get', [...this.#options, '-qq', 'update'], { timeout: DOWNLOAD_BUDGET_MS });
  }

  /** The kernel package that is current. */
  async kernel(): Promise<DebianPackage> {
    const name = parseKernelDependency(await this.#query('depends', 'linux-image-amd64'));
    if (name === undefined) throw new Error('the USB bench boots the stock kernel of Debian amd64, and apt does not know linux-image-amd64');
    return this.find(name);
  }

  async find(name: string): Promise<DebianPackage> {
    const found = parsePackageRecord(await this.#query('show', '--no-all-versions', name));
    if (found === undefined) throw new Error(`apt does not know the package ${name}: run apt-get update`);
    return found;
  }

  /** Downloads a package into `folder`, checks its content, and gives the file. Nothing gets installed. */
  async download(wanted: DebianPackage, folder: string): Promise<string> {
    await mkdir(folder, { recursive: true });
    await run('apt-get', [...this.#options, '-q', 'download', `${wanted.name}=${wanted.version}`], { cwd: folder, timeout: DOWNLOAD_BUDGET_MS });
    const name = (await readdir(folder)).find((file) => file.startsWith(`${wanted.name}_`) && file.endsWith('.deb'));
    if (name === undefined) throw new Error(`apt-get download left no file of ${wanted.name}`);
    const file = join(folder, name);
    const sum = createHash('sha256').update(await readFile(file)).digest('hex');
    if (sum !== wanted.sha256) throw new Error(`${name} is not what the package list says: sha256 ${sum}, expected ${wanted.sha256}`);
    return file;
  }

  async #query(...argv: readonly string[]): Promise<string> {
    if (!existsSync('/usr/bin/apt-cache')) throw new Error('the USB bench takes its kernel from Debian, and this system has no apt');
    return run('apt-cache', [...this.#options, ...argv]).then(
      ({ stdout }) => stdout,
      () => '',
    );
  }
}
