import { type BillLine, line } from './charger-month.ts';
import { lambdaGigabyteSeconds } from './lambda-time.ts';
import type { CountedRuns } from './monthly-runs.ts';
import { prices } from './prices.ts';
import type { StepUsage } from './step-usage.ts';

const eventStep = 'events';

const monthOf =
  (kinds: readonly CountedRuns[]) =>
  (figure: (usage: StepUsage) => number): number =>
    kinds.reduce(
      (sum, { steps, timesPerMonth }) =>
        sum +
        timesPerMonth *
          steps
            .filter(({ step }) => step === eventStep)
            .reduce((part, one) => part + figure(one), 0),
      0,
    );

/** The cost of the sums of one charger's CDRs in a month: all that the function writes while nobody reads events. */
export const sumsMonth = (kinds: readonly CountedRuns[]): BillLine[] => [
  line(
    'DynamoDB write units',
    monthOf(kinds)(({ writeUnits }) => writeUnits),
    prices.dynamodbWrite.usd,
  ),
];

/** The cost of deriving events for one charger in a month while nobody reads them: the runs of that function, and all that it reads. */
export function eventsMonth(kinds: readonly CountedRuns[], memoryMegabytes: number): BillLine[] {
  const sumOf = monthOf(kinds);
  const gigabyteSeconds = sumOf((usage) => lambdaGigabyteSeconds(usage, memoryMegabytes));
  return [
    line(
      'Lambda invocations',
      sumOf(({ invocations }) => invocations),
      prices.lambdaRequest.usd,
    ),
    line('Lambda GB-seconds', gigabyteSeconds, prices.lambdaGigabyteSecond.usd),
    line(
      'DynamoDB read units',
      sumOf(({ readUnits }) => readUnits),
      prices.dynamodbRead.usd,
    ),
  ];
}
