export { defineTexts, language, setLanguage, type Language, type Plural } from './language';
export { count, day, dateTime, duration, number, percent, time, timeOfDay } from './formats';
