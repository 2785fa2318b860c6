export { ClientAdapter, type ClientAdapterOptions, type ClientAdapterPorts } from './client-adapter.js';
export { DeliveryBoard, type Offer, type OfferEnd } from './delivery-board.js';
export { offerDelivery, type OfferPorts } from './offer-delivery.js';
export { ScriptTill, type ScriptTillOptions } from './script-till.js';
