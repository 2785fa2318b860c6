declare module 'parse-prometheus-text-format' {
  /** Families of metrics, each with its name, help, type and values. */
  export default function parse(text: string): unknown;
}
