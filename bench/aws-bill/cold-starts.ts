/** A function as it is used by one charger in a month of 30 days. */
export type MonthlyRuns = {
  readonly step: string;
  readonly memoryMegabytes: number;
  /** Invocations of one charger in the month. */
  readonly runs: number;
};

/** ms of a start, billed since August 2025. */
const startMilliseconds = 500;
/** How long Lambda leaves an idle instance alone; AWS promises nothing, and less than 5 minutes was not seen. */
const idleSeconds = 300;
/** An instance is replaced after about two hours, however busy it is. */
const lifeSeconds = 2 * 60 * 60;
/** How long an instance is taken by one invocation, for the number of them that are busy at once. */
const busySeconds = 0.05;
const monthSeconds = 30 * 86_400;

/** The assumptions of `coldStarts`, in words. */
export const coldStartAssumption = `calls of a function come at random; one that finds no instance used in the last ${idleSeconds / 60} minutes starts cold, ${startMilliseconds} ms, and so does one in each two hours of a busy instance`;

/** How often a function starts cold in a month when so many calls of it come in the month, spread at random. */
export function coldStarts(runs: number): number {
  const perSecond = runs / monthSeconds;
  const idle = Math.exp(-perSecond * idleSeconds);
  const instances = Math.max(1, Math.ceil(perSecond * busySeconds));
  return Math.min(runs, runs * idle + (1 - idle) * instances * (monthSeconds / lifeSeconds));
}

/** GB-seconds of cold starts of a fleet in a month. */
export function coldStartGigabyteSeconds(
  functions: readonly MonthlyRuns[],
  chargers: number,
): number {
  return functions.reduce(
    (sum, { runs, memoryMegabytes }) =>
      sum + coldStarts(runs * chargers) * (startMilliseconds / 1000) * (memoryMegabytes / 1024),
    0,
  );
}
