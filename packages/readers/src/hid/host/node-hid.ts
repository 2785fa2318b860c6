import type * as nodeHid from 'node-hid';
import { DriverError, type HidBinding, type HidHandle } from './binding.js';
import type { HidListing } from './protocol.js';

/** node-hid >= 3.4.0, loaded at the first call. @throws DriverError when it cannot be. */
export function nodeHidBinding(): HidBinding {
  let loading: Promise<typeof nodeHid> | undefined;
  const load = (): Promise<typeof nodeHid> => (loading ??= loadNodeHid());
  return {
    list: async (vid) => {
      const { devicesAsync } = await load();
      // 0 stands for any product (hid_enumerate)
      const devices = await driver(() => (vid === undefined ? devicesAsync() : devicesAsync(vid, 0)));
      return devices.flatMap(listing);
    },
    open: async (path) => {
      const { HIDAsync } = await load();
      return handleOf(await driver(() => HIDAsync.open(path)));
    },
  };
}

function handleOf(device: nodeHid.HIDAsync): HidHandle {
  return {
    // attached once and never taken off: node-hid stops its read thread with the last `data` listener and loses what that thread reads in
    // its last 50 ms (src/read.cc); without an `error` listener an unplug ends the process
    listen: (report, error) => {
      device.on('error', (problem: unknown) => error(problem instanceof Error ? problem.message : String(problem)));
      device.on('data', (data: Uint8Array) => report(data));
    },
    write: async (bytes) => {
      await device.write([...bytes]);
    },
    sendFeature: async (bytes) => {
      await device.sendFeatureReport([...bytes]);
    },
    close: () => device.close(),
  };
}

function listing({ path, vendorId, productId, serialNumber, product, manufacturer, interface: number, usagePage, usage }: nodeHid.Device): HidListing[] {
  if (path === undefined || path === '') return [];
  return [
    {
      path,
      vid: vendorId,
      pid: productId,
      ...(serialNumber === undefined || serialNumber === '' ? {} : { serial: serialNumber }),
      ...(product === undefined || product === '' ? {} : { product }),
      ...(manufacturer === undefined || manufacturer === '' ? {} : { manufacturer }),
      ...(number < 0 ? {} : { interface: number }),
      ...(usagePage === undefined || usage === undefined ? {} : { usage: usagePage * 0x10000 + usage }),
    },
  ];
}

async function loadNodeHid(): Promise<typeof nodeHid> {
  try {
    const module = await import('node-hid');
    return 'default' in module ? (module.default as typeof nodeHid) : module;
  } catch (cause) {
    throw driverError(cause);
  }
}

/** The package loads its binary with the first call: that may fail in any of them. */
async function driver<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    throw code === 'ERR_DLOPEN_FAILED' || code === 'MODULE_NOT_FOUND' ? driverError(cause) : cause;
  }
}

function driverError(cause: unknown): DriverError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const problem = cause instanceof Error ? cause.message : String(cause);
  return new DriverError(code === 'ERR_MODULE_NOT_FOUND' ? 'notInstalled' : 'notLoadable', problem.split('\n')[0] ?? problem, { cause });
}
