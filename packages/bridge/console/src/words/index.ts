export { kindWord, outcomeHealth, OUTCOME_NAMES, outcomeMeaning, outcomeWord, resultWord } from './outcomes';
export { evidenceWord, reasonWord } from './reasons';
export { healthWord, partWord, statusWord } from './parts';
