import { abandonDataDirectory } from './data-directory.ts';
import { unbilledWindows } from './event-source/unbilled-windows.ts';
import { onEndOfNpm } from './on-end-of-npm.ts';
import { removeReadyFile } from './ready-file.ts';
import { StartRefusal } from './start-refusal.ts';
import { type Service, startService } from './start-service.ts';
import { readStartSettings, type StartSettings } from './start-settings.ts';

/** The work done with a ready service. Its end is not awaited once `interrupted` is aborted. */
export type Use = (
  service: Service,
  settings: StartSettings,
  interrupted: AbortSignal,
) => Promise<void>;

const stopWithinMilliseconds = 4_500;

/**
 * Starts the stack by the environment and lets it serve until SIGINT, SIGTERM or the end of the npm that started it, which
 * are heeded from the first moment on and end a start in progress, too. Ends the process: with status 0 after a signal; with status 1 and one line for a
 * refused start or a stack that cannot go on, and with status 1 when something else fails or the stop takes more than 4.5 s.
 */
export async function serveUntilSignal(use: Use): Promise<never> {
  const { interrupted, signalled } = heedSignals();
  let service: Service | undefined;
  let status = 0;
  try {
    const settings = readStartSettings(process.env);
    service = await startService({
      ...settings,
      eventSources: unbilledWindows,
      progress: (line) => console.log(line),
      failed: (refusal) => endAtOnce(settings.dataDirectory, refusal),
      interrupted,
    });
    await Promise.race([use(service, settings, interrupted), signalled]);
    await signalled;
  } catch (error) {
    // Whatever a signal cuts short fails, and has nothing to say.
    if (!interrupted.aborted) {
      status = 1;
      tell(error);
    }
  }
  try {
    await service?.stop();
  } catch (error) {
    status = 1;
    tell(error);
  }
  process.exit(status);
}

/** Before anybody gets an answer: what was not acknowledged is sent again. The engine ends with this process. */
function endAtOnce(dataDirectory: string, refusal: StartRefusal): never {
  tell(refusal);
  removeReadyFile(dataDirectory);
  abandonDataDirectory(dataDirectory);
  process.exit(1);
}

function heedSignals(): {
  readonly interrupted: AbortSignal;
  readonly signalled: Promise<void>;
} {
  const interruption = new AbortController();
  const { promise: signalled, resolve } = Promise.withResolvers<void>();
  const onSignal = (signal: string): void => {
    if (interruption.signal.aborted) {
      return;
    }
    console.log(`${signal}: stopping`);
    setTimeout(() => process.exit(1), stopWithinMilliseconds).unref();
    interruption.abort();
    resolve();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  onEndOfNpm(() => onSignal('npm has ended'));
  // Whoever has read what we say may be gone as well; that must not keep the stack from its orderly end.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  return { interrupted: interruption.signal, signalled };
}

function tell(error: unknown): void {
  console.error(error instanceof StartRefusal ? `joulegate: ${error.message}` : error);
}
