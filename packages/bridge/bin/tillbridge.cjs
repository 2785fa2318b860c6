#!/usr/bin/env node
'use strict';
// Committed and CommonJS on purpose: npm links no bin whose target is missing, and this file must run on any old Node to say what is needed.
var parts = process.versions.node.split('.').map(Number);
if (parts[0] < 22 || (parts[0] === 22 && parts[1] < 13)) {
  process.stderr.write('TB_NATIVE_NODE_VERSION: tillbridge needs Node.js 22.13 or newer, this is ' + process.versions.node + ' (get one: npm install --global node@24, or https://nodejs.org)\n');
  process.exit(4);
}
// Node 22 calls its sqlite experimental on every start; a cashier must not be told so.
process.removeAllListeners('warning');
process.on('warning', function (warning) {
  if (warning.name !== 'ExperimentalWarning') process.stderr.write(warning.name + ': ' + warning.message + '\n');
});

// The daemon stays for weeks beside a till program, makes little garbage and does little often: a young generation that does not grow (8 MiB
// less), and no optimising compilers until it is up (9 MiB of their code not touched, and nothing compiled that runs at the start alone). Before
// anything else is loaded, or it is too late.
if (process.argv.indexOf('run') > 1 || process.argv.indexOf('agent') > 1) {
  // an agent does less still, and more seldom
  ['--semi-space-growth-factor=1', '--no-opt', '--no-maglev'].concat(process.argv.indexOf('agent') > 1 ? ['--no-sparkplug', '--optimize-for-size'] : []).forEach(function (flag) {
    require('node:v8').setFlagsFromString(flag);
  });
}

import('../dist/cli.js').then(
  function (cli) {
    return cli.main(process.argv);
  },
  function (error) {
    if (error && error.code === 'ERR_MODULE_NOT_FOUND' && /dist[\\/]cli\.js/.test(String(error.message))) {
      process.stderr.write('TB_NATIVE_NOT_BUILT: this checkout is not built yet\nrun: npm run build\n');
    } else {
      process.stderr.write(String((error && error.stack) || error) + '\n');
    }
    process.exit(4);
  },
);
