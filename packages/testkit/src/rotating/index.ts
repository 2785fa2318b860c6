export { RotatingIssuer, type RotatingIssuerOptions } from './issuer.js';
