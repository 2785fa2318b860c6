/** What is written in one turn goes out in one write. */
export function together(stream: NodeJS.WritableStream & { cork?(): void; uncork?(): void }): (frame: Buffer, written?: (error?: Error | null) => void) => void {
  let corked = false;
  return (frame, written) => {
    if (!corked) {
      corked = true;
      stream.cork?.();
      process.nextTick(() => {
        corked = false;
        stream.uncork?.();
      });
    }
    stream.write(frame, written);
  };
}
