export { ClientAdapter, type ClientAdapterOptions, type ClientAdapterPorts } from './client-adapter.js';
export { DeliveryBoard, type Offer, type OfferEnd } from './delivery-board.js';
