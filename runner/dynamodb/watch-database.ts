import type { RunningPart } from '../runner-interfaces.ts';
import type { EngineAnswer } from './forward-to-engine.ts';

/** Sees from the requests of functions whether the database answers, and takes what they write. */
export type DatabaseWatch = RunningPart & {
  /** Follows a request to its end; gives its outcome. */
  readonly follow: (request: Promise<EngineAnswer>, isWrite: boolean) => Promise<EngineAnswer>;
};

/** Who hears of it. */
export type WatchOptions = {
  /** Gets a line when the database is gone and when it is back. */
  readonly report: (line: string) => void;
  /** Called when it answers again after it was gone, or takes what is written again. */
  readonly returned: () => void;
};

/** A database that leaves all requests unanswered for this long, in ms, is gone: the functions have given up on them. */
const silence = 5_000;

/** Watches a database that is there, as far as anybody knows. */
export function watchDatabase({ report, returned }: WatchOptions): DatabaseWatch {
  let isGone = false;
  let isFailing = false;
  let waiting = 0;
  let silentSince = 0;
  const gone = (reason: string): void => {
    if (isGone) return;
    isGone = true;
    report(`The database does not answer (${reason}); what chargers send waits until it does.`);
  };
  const answered = (): void => {
    silentSince = performance.now();
    if (!isGone) return;
    isGone = false;
    report('The database answers again.');
    returned();
  };
  const written = ({ status, body }: EngineAnswer): void => {
    // A refusal, of a condition for example, writes nothing and says nothing about the disk.
    if (status !== 200 && status < 500) return;
    if (status === 200 ? !isFailing : isFailing) return;
    isFailing = status !== 200;
    if (isFailing) {
      report(
        `The database cannot write (${reasonIn(body)}); what chargers send waits until it can.`,
      );
      return;
    }
    report('The database writes again.');
    returned();
  };
  const timer = setInterval(() => {
    if (waiting > 0 && performance.now() - silentSince > silence) gone('it is silent');
  }, 1_000);
  timer.unref();
  return {
    follow: async (request, isWrite) => {
      if (waiting === 0) silentSince = performance.now();
      waiting += 1;
      try {
        const answer = await request;
        answered();
        if (isWrite) written(answer);
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

/** The reason of an engine in one line: a full disk, for example. */
function reasonIn(body: Buffer): string {
  const [, reason = 'it says why in its log'] =
    /"message":"((?:[^"\\]|\\.)*)"/i.exec(body.toString()) ?? [];
  // Still as JSON writes it.
  return reason
    .replaceAll(/(?:\\[nrt]|\s)+/g, ' ')
    .slice(0, 200)
    .replace(/\.$/, '');
}
