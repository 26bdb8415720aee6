import fc from 'fast-check';

/** How far a law is searched: `times` the runs that it asks for, but no more than that after so many milliseconds. */
export type Search = { readonly times: number; readonly milliseconds: number };

/** Of one example: null where the law holds. */
type Outcome = Awaited<ReturnType<fc.IRawProperty<unknown, boolean>['run']>>;

/** How many examples fast-check lets a law refuse for each that it takes. */
const refusals = 100;

/** How many examples a searched law may skip for each run that it asks for. */
export const skipsPerRun = ({ times }: Search): number => times * (refusals + 1);

/**
 * Runs laws more often than they ask for. The number that stands beside a law wins over every setting; but an example that was skipped
 * does not count, and so all but each `times`th is said to be, unless it is a counterexample.
 * @param now milliseconds of a clock
 * @param note is given the number of runs of each law when it is over
 */
export const manyRuns =
  (search: Search, now: () => number, note: (runs: number) => void): fc.Plugin<unknown> =>
  () => {
    const end = now() + search.milliseconds;
    let runs = 0;
    const counted = (outcome: Outcome): Outcome => {
      if (fc.PreconditionFailure.isFailure(outcome)) return outcome;
      runs += 1;
      if (outcome !== null || runs % search.times === 0 || now() > end) return outcome;
      return new fc.PreconditionFailure();
    };
    return {
      decorateRun: (run) => (value) => {
        const outcome = run(value);
        return outcome instanceof Promise ? outcome.then(counted) : counted(outcome);
      },
      onAllRunsComplete: () => note(runs),
    };
  };
