import type { StepUsage } from './step-usage.ts';

// A laptop's clock says little about Lambda's. These are used instead, on the expensive side; a longer measured time wins.
/** ms of an invocation's own work: 1 to 2 ms of a whole core here, and 512 MB of Lambda are 0.29 of a core. */
const ownMilliseconds = 6;
/** ms that a request to DynamoDB or KMS takes within a region, the SDK's work at 0.29 of a core included. */
const requestMilliseconds = 8;

/** The assumptions of `lambdaGigabyteSeconds`, in words. */
export const lambdaTimeAssumption = `an invocation takes the longer of what was measured and ${ownMilliseconds} ms + ${requestMilliseconds} ms per request it makes`;

/** Seconds that the invocations of one function are assumed to take, whatever this machine's clock says. */
export function assumedSeconds(usage: StepUsage): number {
  const requests = usage.writeRequests + usage.readRequests + usage.signatures;
  return (usage.invocations * ownMilliseconds + requests * requestMilliseconds) / 1000;
}

/** The GB-seconds that AWS would bill for the invocations of one function, cold starts apart (cold-starts.ts). */
export function lambdaGigabyteSeconds(usage: StepUsage, memoryMegabytes: number): number {
  const seconds = Math.max(usage.milliseconds / 1000, assumedSeconds(usage));
  return seconds * (memoryMegabytes / 1024);
}
