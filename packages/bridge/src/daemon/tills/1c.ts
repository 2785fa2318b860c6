import { compileOutput, type Adapter, type OutputOptions } from '@tillbridge/core';
import { parseHostPort, type OnecConfig } from '../../config/index.js';
import { productVersion } from '../../version.js';
import type { PartContext } from '../parts.js';
import { OnecPorts } from './onec-ports.js';
import { nestedDevice } from './device.js';

/** Makes a 1C till of its configuration; loads the adapter's code. */
export async function onecTill(config: OnecConfig, context: PartContext): Promise<Adapter> {
  const { clock, log } = context;
  const { createCheckedTill } = await import('@tillbridge/adapter-1c');
  const inner = config.transport === 'addin' ? await addin(config, context) : await device(config, context);
  if (config.odata === undefined) return inner;
  const { secrets, ...odata } = config.odata;
  const card = { output: compileOutput(outputOf(config)), charset: config.charset };
  return createCheckedTill({ ...odata, ...card, till: config.id, password: secrets.password }, inner, { clock, log });
}

async function addin(config: Extract<OnecConfig, { transport: 'addin' }>, context: PartContext): Promise<Adapter> {
  const { clock, log } = context;
  const { AddinTill, DEFAULT_LISTEN } = await import('@tillbridge/adapter-1c');
  const ports = context.onec ?? new OnecPorts({ clock, log, version: productVersion() });
  const { id, listen, secrets, charset, gapMs, backlogMs, expireMs, confirmMs, aimId } = config;
  const address = parseHostPort(listen) ?? DEFAULT_LISTEN;
  const options = {
    ...{ id, charset, gapMs, backlogMs, expireMs },
    listen: { host: address.host === 'localhost' ? DEFAULT_LISTEN.host : address.host, port: address.port },
    token: secrets.token,
    output: compileOutput(outputOf(config)),
    keepAim: aimId === 'keep',
    ...(confirmMs === 0 ? {} : { confirmMs }),
  };
  return new AddinTill(options, { clock, log, listeners: await ports.listeners() });
}

async function device(config: Extract<OnecConfig, { transport: 'device' }>, context: PartContext): Promise<Adapter> {
  const { createDeviceTill } = await import('@tillbridge/adapter-1c');
  const { id, device: place, suffix, gapMs, backlogMs, expireMs } = config;
  const port = await nestedDevice(place, { id, suffix, gapMs, backlogMs, expireMs }, context);
  return createDeviceTill({ output: compileOutput(outputOf(config)), charset: config.charset }, port);
}

/** The text of a number; what ends it is the transport's. */
function outputOf({ template, prefix, pad, track2 }: OnecConfig): OutputOptions {
  return {
    suffix: 'none',
    ...(template === undefined ? {} : { template }),
    ...(prefix === undefined ? {} : { prefix }),
    ...(pad === undefined ? {} : { pad }),
    ...(track2 === undefined ? {} : { track2 }),
  };
}
