// The process of one plugin. Started by the daemon; see host/launch.ts.
import { serveHost } from '@tillbridge/child-host';
import type { PluginProtocol } from '../wire/messages.js';
import { PluginProcess } from './plugin-process.js';
import { socketChannel } from './socket-channel.js';

serveHost<PluginProtocol>((setup, port) => new PluginProcess(setup, port), socketChannel());
