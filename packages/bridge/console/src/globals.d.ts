/** The version that this page was built with. */
declare const __VERSION__: string;

declare module '*.css';
