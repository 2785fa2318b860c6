/** Whether a range such as `^1`, `^1.2` or `^1.2.3` is served by `served` (a whole version). `undefined`: it is no such range. */
export function servesApi(range: string, served: string): boolean | undefined {
  const wanted = /^\^(\d{1,4})(?:\.(\d{1,4}))?(?:\.(\d{1,4}))?$/.exec(range);
  const [, major = '', minor = '', patch = ''] = /^(\d+)\.(\d+)\.(\d+)$/.exec(served) ?? [];
  if (wanted === null) return undefined;
  const [, wantedMajor = '', wantedMinor = '0', wantedPatch = '0'] = wanted;
  if (wantedMajor !== major) return false;
  return Number(minor) > Number(wantedMinor) || (minor === wantedMinor && Number(patch) >= Number(wantedPatch));
}
