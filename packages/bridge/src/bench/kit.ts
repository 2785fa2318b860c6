// What `tillbridge bench` and the repository's own `npm run bench` (test/bench) share. No part of what the package exports.
export { cardOf, codeOf, writeCards } from './cards-file.js';
export { start, type Child } from './child.js';
export { drivers, relayCommand, type Driver, type DriverFactory } from './driver.js';
export { goodsRounds, goodsScans, spread, startNodeRelay, startRelay, startSocat } from './goods.js';
export { sampler } from './lookups.js';
export { loyaltyFigures, loyaltyRounds, startCommits } from './loyalty.js';
export { loads, machine } from './machine.js';
export { anonymousMiB, childrenOf, cpuSeconds, rssMiB } from './process-figures.js';
export { goodsPromises, judged, lookupPromise, loyaltyPromises } from './promises.js';
export { idleFigures, startFigures } from './rest.js';
export { QUIET_MS, startDaemon, writeShop } from './shop.js';
export { median, percentilesUs, ratio, summary } from './stats.js';
