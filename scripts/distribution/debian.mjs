// The Debian package: the same runtime, bundle and natives below /usr/lib/tillbridge, with unit, udev rules and a configuration to start from.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { EPOCH, run } from './archive.mjs';
import { settleModes, version } from './folder.mjs';
import { script } from './debian-scripts.mjs';

const PACKING = { full: ['-Zxz', '-z6'], fast: ['-Zxz', '-z0'], none: ['-Znone'] };
const SYSTEMD = '/usr/lib/systemd';

/** What the command of the package itself says: unit files and rules, as `service install` would write them. */
function serviceFiles(launcher) {
  const { stdout, status, stderr } = spawnSync(launcher, ['--json', 'service', 'install', '--dry-run', '--agent', '--exec', '/usr/bin/tillbridge'], { encoding: 'utf8', timeout: 60_000 });
  if (status !== 0) throw new Error(`service install --dry-run failed\n${stdout}${stderr}`);
  const content = (end) => {
    const found = JSON.parse(stdout).steps.find(({ step, content: text }) => step.startsWith('write ') && step.endsWith(end) && text !== undefined);
    if (found === undefined) throw new Error(`no ${end}: is Tillbridge installed on this machine as a package?`);
    return found.content;
  };
  return { daemon: content('tillbridge.service'), agent: content('tillbridge-agent.service'), rules: content('.rules') };
}

/** A serial scanner, whichever is plugged in, and a port for the cashier program that the group of serial ports may open. */
function firstConfig(launcher, to) {
  run(launcher, ['--lang', 'en', '--config', to, 'init', '--yes', '--reader', 'serial', '--till', 'virtual-com:/run/tillbridge/front']);
  const text = readFileSync(to, 'utf8')
    // a scanner on the machine that builds is not one at the till
    .replace(/^( +)path: .*$/m, '$1auto: true')
    .replace(/^( +)(link: .*)$/m, '$1$2\n$1group: dialout # whoever may open serial ports may open this one');
  writeFileSync(to, text);
}

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else if (entry.isFile()) yield path;
  }
}

const control = (size) => `Package: tillbridge
Version: ${version}
Architecture: amd64
Maintainer: Tillbridge <tillbridge@users.noreply.github.com>
Installed-Size: ${size}
Section: misc
Priority: optional
Homepage: https://github.com/tillbridge/tillbridge
Depends: adduser, libc6 (>= 2.28), libgcc-s1 (>= 3.4), libstdc++6 (>= 8)
Recommends: udev
Suggests: pcscd
Description: loyalty codes in, the store's own card numbers out
 Stands between the scanner and the cashier program of a shop or restaurant:
 recognises universal loyalty codes, translates them to the store's own card
 numbers and hands these to the till. Everything else that is scanned passes
 at once, byte for byte.
 .
 Brings its own Node.js runtime; nothing is compiled or downloaded.
`;

const copyright = `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Tillbridge
Source: https://github.com/tillbridge/tillbridge

Files: *
Copyright: the Tillbridge authors
License: Expat
Comment: works of others that it comes with are in THIRD-PARTY-NOTICES.txt.

License: Expat
${readFileSync(new URL('../../LICENSE', import.meta.url), 'utf8').trim().split('\n').map((line) => (line.trim() === '' ? ' .' : ` ${line}`)).join('\n')}
`;

/** Makes the package from the folder of a distribution. Gives its path. `as`: another version, for tests of an update. */
export function debianPackage({ folder, work, out, effort = 'full', as = version }) {
  const root = join(work, 'deb');
  rmSync(root, { recursive: true, force: true });
  const at = (...parts) => join(root, ...parts);
  const lib = at('usr/lib/tillbridge');
  mkdirSync(lib, { recursive: true });
  // hard links: nothing of this is written to
  for (const part of ['bin', 'runtime', 'app']) run('cp', ['-al', join(folder, part), join(lib, part)]);
  for (const part of ['usr/bin', 'usr/share/doc/tillbridge', `.${SYSTEMD}/system`, `.${SYSTEMD}/user`, 'usr/lib/udev/rules.d', 'etc/tillbridge', 'DEBIAN', 'usr/share/lintian/overrides']) mkdirSync(at(part), { recursive: true });
  cpSync(join(folder, 'share'), at('usr/share/tillbridge'), { recursive: true });
  cpSync(join(folder, 'docs'), at('usr/share/doc/tillbridge/docs'), { recursive: true });
  cpSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), at('usr/share/doc/tillbridge/THIRD-PARTY-NOTICES.txt'));
  run('gzip', ['-9n', at('usr/share/doc/tillbridge/THIRD-PARTY-NOTICES.txt')]);
  symlinkSync('../lib/tillbridge/bin/tillbridge', at('usr/bin/tillbridge'));
  const launcher = join(folder, 'bin/tillbridge');
  const { daemon, agent, rules } = serviceFiles(launcher);
  const put = (path, text) => writeFileSync(at(path), text);
  put(`.${SYSTEMD}/system/tillbridge.service`, daemon);
  put(`.${SYSTEMD}/user/tillbridge-agent.service`, agent);
  put('usr/lib/udev/rules.d/70-tillbridge.rules', rules);
  firstConfig(launcher, at('etc/tillbridge/tillbridge.yaml'));
  put('usr/share/doc/tillbridge/copyright', copyright);
  put('usr/share/doc/tillbridge/changelog', `tillbridge (${as}) stable; urgency=medium\n\n  * See CHANGELOG.md in the source.\n\n -- Tillbridge <tillbridge@users.noreply.github.com>  Wed, 01 Jan 2020 00:00:00 +0000\n`);
  run('gzip', ['-9n', at('usr/share/doc/tillbridge/changelog')]);
  // a runtime of our own, with its libraries inside, is what this package is for
  put('usr/share/lintian/overrides/tillbridge', 'tillbridge: embedded-library\ntillbridge: no-manual-page\ntillbridge: unstripped-binary-or-object\ntillbridge: hardening-no-pie\ntillbridge: hardening-no-fortify-functions\n');
  put('DEBIAN/conffiles', '/etc/tillbridge/tillbridge.yaml\n');
  for (const name of ['postinst', 'prerm', 'postrm']) put(`DEBIAN/${name}`, script(name));
  const content = [...files(root)].filter((path) => !path.startsWith(at('DEBIAN')));
  put('DEBIAN/control', control(Math.ceil(content.reduce((sum, path) => sum + statSync(path).size, 0) / 1024)).replace(`Version: ${version}`, `Version: ${as}`));
  put('DEBIAN/md5sums', content.map((path) => `${createHash('md5').update(readFileSync(path)).digest('hex')}  ${relative(root, path)}\n`).join(''));
  settleModes(root);
  const file = join(out, `tillbridge_${as}_amd64.deb`);
  run('dpkg-deb', ['--build', '--root-owner-group', ...PACKING[effort], '--threads-max=2', root, `${file}.new`], { env: { ...process.env, SOURCE_DATE_EPOCH: EPOCH } });
  renameSync(`${file}.new`, file);
  rmSync(root, { recursive: true, force: true });
  return file;
}
