// What a back office does: hears of every loyalty scan, masked, as it happens, and nothing of it is lost while it is away.

/** Prints scans and outcomes. @returns a function that ends it */
export function listen(bridge, say = console.log) {
  const ends = [
    bridge.on('scan', ({ kind, code }) => say(`scan     ${kind} ${code}`)),
    bridge.on('outcome', ({ outcome, number, reason }) => say(`outcome  ${outcome} ${number ?? ''} ${reason ?? ''}`.trimEnd())),
    bridge.on('gap', ({ from, to }) => say(`missed   events ${from} to ${to}: read the journal`)),
    bridge.on('disconnected', ({ retryInMs }) => say(`lost     trying again in ${Math.round(retryInMs / 1000)} s`)),
  ];
  return () => ends.forEach((end) => end());
}
