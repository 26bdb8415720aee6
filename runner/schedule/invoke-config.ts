import type { AccessKeyOf, Authorize, Deployment } from '../runner-interfaces.ts';
import { StartRefusal } from '../start-refusal.ts';
import { asJsonObject } from '../template/json-object.ts';

/** How Lambda calls a function for whom nobody waits. */
export type InvokeConfig = {
  /** How often a call that failed is tried again, 0 to 2. */
  readonly retries: number;
  readonly maxAgeMilliseconds: number;
  /** Queue that hears of calls given up on. */
  readonly onFailureArn?: string;
};

/** The defaults of AWS where the template says nothing. */
const defaults: InvokeConfig = { retries: 2, maxAgeMilliseconds: 6 * 3_600_000 };

/** The configuration of a function's asynchronous calls, by its ARN. */
export function invokeConfigOf(deployment: Deployment, functionArn: string): InvokeConfig {
  const config = deployment.resources.find(
    ({ type, properties }) =>
      type === 'AWS::Lambda::EventInvokeConfig' &&
      functionArn.endsWith(`:function:${String(properties['FunctionName'])}`),
  );
  if (config === undefined) {
    return defaults;
  }
  const { properties } = config;
  const onFailure = asJsonObject(asJsonObject(properties['DestinationConfig'])['OnFailure']);
  const seconds = properties['MaximumEventAgeInSeconds'];
  const destination = onFailure['Destination'];
  return {
    retries: Number(properties['MaximumRetryAttempts'] ?? defaults.retries),
    maxAgeMilliseconds:
      seconds === undefined ? defaults.maxAgeMilliseconds : Number(seconds) * 1000,
    ...(typeof destination === 'string' ? { onFailureArn: destination } : {}),
  };
}

/**
 * Lambda informs the destination under the role of the function, and refuses a configuration whose role may not.
 * Refuses with `DESTINATION_DENIED`, and the sentence of IAM.
 */
export function demandDestinationGrant(
  functionArn: string,
  { onFailureArn }: InvokeConfig,
  authorize: Authorize,
  accessKeyOf: AccessKeyOf,
): void {
  if (onFailureArn === undefined) {
    return;
  }
  const verdict = authorize(accessKeyOf(functionArn), 'sqs:SendMessage', onFailureArn);
  if (!verdict.allowed) {
    throw new StartRefusal('DESTINATION_DENIED', `AccessDenied: ${verdict.message}`);
  }
}
