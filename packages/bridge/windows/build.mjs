// Builds the Windows programs of the distribution: tillbridge.exe, tillbridge-service.exe, tillbridge-agent.exe. The same sources give the same bytes.
//   node packages/bridge/windows/build.mjs [--out FOLDER]
// Needs MinGW-w64 (Debian: gcc-mingw-w64-x86-64-win32).
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, 'src');
const { version } = JSON.parse(readFileSync(join(here, '../package.json'), 'utf8'));
const TOOLS = 'x86_64-w64-mingw32-';

/** What is built: sources, and whether it has a console. */
const PROGRAMS = {
  'tillbridge.exe': { sources: ['launcher.c', 'common.c'], about: 'Tillbridge', flags: [] },
  'tillbridge-service.exe': { sources: ['main.c', 'service.c', 'register.c', 'log.c', 'common.c'], about: 'Tillbridge service', flags: [], libraries: ['-ladvapi32'] },
  'tillbridge-agent.exe': { sources: ['agent.c', 'common.c'], about: 'Tillbridge agent', flags: ['-mwindows'] },
};

const common = ['-std=gnu11', '-O2', '-Wall', '-Wextra', '-Wconversion', '-Wno-sign-conversion', '-Werror', '-municode', '-DUNICODE', '-D_UNICODE', '-D_WIN32_WINNT=0x0602', '-DWIN32_LEAN_AND_MEAN', '-ffunction-sections', '-fdata-sections', '-fno-ident', `-ffile-prefix-map=${source}=src`];
const link = ['-s', '-static', '-static-libgcc', '-Wl,--no-insert-timestamp', '-Wl,--gc-sections', '-Wl,--dynamicbase', '-Wl,--nxcompat', '-Wl,--high-entropy-va'];

function run(command, argv, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, argv, { cwd, encoding: 'utf8', timeout: 120_000 });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} failed (${status})\n${stdout}${stderr}`);
}

// asks for no rights: without a manifest Windows would take a program with such a name for an installer and ask for an administrator
const manifest = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
  <trustInfo xmlns="urn:schemas-microsoft-com:asm.v3"><security><requestedPrivileges><requestedExecutionLevel level="asInvoker" uiAccess="false"/></requestedPrivileges></security></trustInfo>
  <compatibility xmlns="urn:schemas-microsoft-com:compatibility.v1"><application><supportedOS Id="{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}"/></application></compatibility>
</assembly>
`;

const numbers = version.split(/[.+-]/).slice(0, 3).map(Number).join(',');
const resources = (name, about, messages) => `#include <winver.h>
${messages ? '#include "messages.rc"\n' : ''}1 24 "program.manifest"
1 VERSIONINFO
FILEVERSION ${numbers},0
PRODUCTVERSION ${numbers},0
BEGIN
  BLOCK "StringFileInfo"
  BEGIN
    BLOCK "040904B0"
    BEGIN
      VALUE "CompanyName", "Tillbridge"
      VALUE "FileDescription", "${about}"
      VALUE "FileVersion", "${version}"
      VALUE "OriginalFilename", "${name}"
      VALUE "ProductName", "Tillbridge"
      VALUE "ProductVersion", "${version}"
    END
  END
  BLOCK "VarFileInfo"
  BEGIN
    VALUE "Translation", 0x409, 1200
  END
END
`;

/** Compiles the three programs into `out`; gives their paths. */
export function buildWindowsPrograms(out) {
  const work = mkdtempSync(join(tmpdir(), 'tillbridge-windows-'));
  mkdirSync(out, { recursive: true });
  try {
    run(`${TOOLS}windmc`, ['-h', work, '-r', work, join(source, 'messages.mc')], work);
    writeFileSync(join(work, 'program.manifest'), manifest);
    return Object.entries(PROGRAMS).map(([name, { sources, about, flags, libraries = [] }]) => {
      const path = join(out, name);
      writeFileSync(join(work, 'program.rc'), resources(name, about, sources.includes('log.c')));
      run(`${TOOLS}windres`, ['-I', work, 'program.rc', '-O', 'coff', '-o', 'program.o'], work);
      run(`${TOOLS}gcc`, [...common, ...flags, '-I', work, '-o', path, ...sources.map((file) => join(source, file)), join(work, 'program.o'), ...link, ...libraries], work);
      return path;
    });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    const { values } = parseArgs({ options: { out: { type: 'string' } } });
    for (const path of buildWindowsPrograms(values.out ?? join(here, 'dist'))) console.log(path);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
