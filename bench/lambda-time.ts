import type { StepUsage } from './step-usage.ts';

// A laptop's clock says little about Lambda's. These stand in for it, on the dear side; a longer measured time wins.
/** ms of an invocation's own work: 1 to 2 ms of a whole core here, and 512 MB of Lambda are 0.29 of a core. */
const ownMilliseconds = 6;
/** ms that a request to DynamoDB or KMS takes within a region, the SDK's work at 0.29 of a core included. */
const requestMilliseconds = 8;
/** ms of a start, billed since August 2025. */
const startMilliseconds = 500;
/** An instance lives about 2 hours, in which ten chargers send some 350 messages. */
const invocationsPerStart = 250;

/** The assumptions of `lambdaGigabyteSeconds`, in words. */
export const lambdaTimeAssumption = `an invocation takes the longer of what was measured and ${ownMilliseconds} ms + ${requestMilliseconds} ms per request it makes; one in ${invocationsPerStart} starts cold, ${startMilliseconds} ms`;

/** The GB-seconds that AWS would bill for the invocations of one function. */
export function lambdaGigabyteSeconds(usage: StepUsage, memoryMegabytes: number): number {
  const requests = usage.writeRequests + usage.readRequests + usage.signatures;
  const assumed = usage.invocations * ownMilliseconds + requests * requestMilliseconds;
  const starts = (usage.invocations / invocationsPerStart) * startMilliseconds;
  const milliseconds = Math.max(usage.milliseconds, assumed) + starts;
  return (milliseconds / 1000) * (memoryMegabytes / 1024);
}
