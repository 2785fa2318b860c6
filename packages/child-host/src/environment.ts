/** Nothing of ours but what Windows needs to start a program, and what a replayed device (umockdev) needs to be seen. */
export function environment(): NodeJS.ProcessEnv {
  const { SystemRoot, LD_PRELOAD, UMOCKDEV_DIR } = process.env;
  return Object.fromEntries(Object.entries({ SystemRoot, LD_PRELOAD, UMOCKDEV_DIR }).filter(([, value]) => value !== undefined));
}
