import { type BillLine, line } from './charger-month.ts';
import { lambdaGigabyteSeconds } from './lambda-time.ts';
import type { CountedRuns } from './monthly-runs.ts';
import { prices } from './prices.ts';
import type { StepUsage } from './step-usage.ts';

const eventStep = 'events';

/** The cost of deriving events for one charger in a month, of everything that was counted: the bill of that function alone. */
export function eventsMonth(kinds: readonly CountedRuns[], memoryMegabytes: number): BillLine[] {
  const sumOf = (figure: (usage: StepUsage) => number): number =>
    kinds.reduce(
      (sum, { steps, timesPerMonth }) =>
        sum +
        timesPerMonth *
          steps
            .filter(({ step }) => step === eventStep)
            .reduce((part, one) => part + figure(one), 0),
      0,
    );
  const gigabyteSeconds = sumOf((usage) => lambdaGigabyteSeconds(usage, memoryMegabytes));
  return [
    line(
      'Lambda invocations',
      sumOf(({ invocations }) => invocations),
      prices.lambdaRequest.usd,
    ),
    line('Lambda GB-seconds', gigabyteSeconds, prices.lambdaGigabyteSecond.usd),
    line(
      'DynamoDB write units',
      sumOf(({ writeUnits }) => writeUnits),
      prices.dynamodbWrite.usd,
    ),
    line(
      'DynamoDB read units',
      sumOf(({ readUnits }) => readUnits),
      prices.dynamodbRead.usd,
    ),
  ];
}
