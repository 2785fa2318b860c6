// The process that the `hid` reader keeps beside the daemon: node-hid can hang (enumeration, open, close) or crash, and then this is all
// that has to be killed.
import { systemClock } from '@tillbridge/core';
import { serveHost } from '@tillbridge/child-host';
import { HidHost } from './hid-host.js';
import { nodeHidBinding } from './node-hid.js';
import type { HidHostProtocol } from './protocol.js';

serveHost<HidHostProtocol>((_setup, port) => new HidHost(nodeHidBinding(), port, systemClock));
