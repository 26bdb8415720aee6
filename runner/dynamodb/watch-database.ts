import type { RunningPart } from '../runner-interfaces.ts';

/** Sees from the requests of functions whether the database answers. */
export type DatabaseWatch = RunningPart & {
  /** Follows a request to its end; gives its outcome. */
  readonly follow: <Answer>(request: Promise<Answer>) => Promise<Answer>;
};

/** Who hears of it. */
export type WatchOptions = {
  /** Gets a line when the database is gone and when it is back. */
  readonly report: (line: string) => void;
  /** Called when it answers again after it was gone. */
  readonly returned: () => void;
};

/** A database that leaves all requests unanswered for this long, in ms, is gone: the functions have given up on them. */
const silence = 5_000;

/** Watches a database that is there, as far as anybody knows. */
export function watchDatabase({ report, returned }: WatchOptions): DatabaseWatch {
  let isGone = false;
  let waiting = 0;
  let silentSince = 0;
  const gone = (reason: string): void => {
    if (isGone) return;
    isGone = true;
    report(`The database does not answer (${reason}); what chargers send waits until it does.`);
  };
  const answered = (): void => {
    silentSince = Date.now();
    if (!isGone) return;
    isGone = false;
    report('The database answers again.');
    returned();
  };
  const timer = setInterval(() => {
    if (waiting > 0 && Date.now() - silentSince > silence) gone('it is silent');
  }, 1_000);
  timer.unref();
  return {
    follow: async (request) => {
      if (waiting === 0) silentSince = Date.now();
      waiting += 1;
      try {
        const answer = await request;
        answered();
        return answer;
      } catch (error) {
        gone(error instanceof Error ? error.message : String(error));
        throw error;
      } finally {
        waiting -= 1;
      }
    },
    stop: async () => clearInterval(timer),
  };
}
