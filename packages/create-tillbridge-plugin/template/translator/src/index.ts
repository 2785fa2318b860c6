import { defineTranslator } from '@tillbridge/plugin';
import { CardService, type CardServiceOptions } from './card-service.js';

export default defineTranslator<CardServiceOptions>((context) => new CardService(context));
