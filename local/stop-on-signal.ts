const stopWithinMilliseconds = 4_500;

/** Ends the process by SIGINT or SIGTERM once `stop` is done: with status 1 when it fails or takes more than 4.5 s. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (signal: string): void => {
    if (stopping) {
      return;
    }
    stopping = true;
    console.log(`${signal}: stopping`);
    setTimeout(() => process.exit(1), stopWithinMilliseconds).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}
