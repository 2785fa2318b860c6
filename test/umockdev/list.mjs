// Prints what discovery makes of the devices that umockdev shows. Node.js reads files past umockdev, so it is told where they lie.
import { listScanners } from '@tillbridge/readers';

const shown = process.env.UMOCKDEV_DIR;
const devices = await listScanners(undefined, { roots: { sys: `${shown}/sys`, dev: `${shown}/dev`, proc: '/proc' } });
console.log(JSON.stringify(devices.map(({ problem, ...device }) => ({ ...device, problem: problem?.code }))));
