import type { UsbWatcher } from './hotplug.js';

/**
 * The watcher of the package `usb`, by its native class and not by its WebUSB object: usb 3.1 starts WebUSB's events with calls whose
 * failures nobody can catch, and one of them (no USB in sysfs: containers; no netlink socket) would end the process
 * (node-usb-rs, addEventListener and queueNativeEmitterOperation). Needs a running udevd on Linux.
 */
export async function loadUsbWatcher(): Promise<UsbWatcher> {
  const { Emitter, nativeGetDevices } = await import('usb/index.js');
  const emitter = new Emitter();
  return {
    probe: () => nativeGetDevices(),
    start: async (event) => {
      await emitter.addAttach(() => event());
      await emitter.addDetach(() => event());
    },
    stop: async () => {
      await emitter.removeAttach();
      await emitter.removeDetach();
    },
  };
}
