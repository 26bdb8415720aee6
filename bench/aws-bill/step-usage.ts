import type { Usage } from '../../runner/runner-interfaces.ts';

/** The usage of one function, or of no function (gateways). */
export type StepUsage = {
  /** The step of the flow, or '' for what no function did. */
  readonly step: string;
  readonly invocations: number;
  /** Sum over all invocations, as measured here. */
  readonly milliseconds: number;
  readonly writeRequests: number;
  readonly readRequests: number;
  /** DynamoDB's capacity units, indexes included. */
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly signatures: number;
};

const writeOperations = new Set([
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'TransactWriteItems',
]);

/** The summed usage of every function, in the order of first use. */
export function usageBySteps(
  usages: readonly Usage[],
  stepOf: (address: string) => string,
): readonly StepUsage[] {
  const steps = Map.groupBy(usages, ({ caller }) => (caller === undefined ? '' : stepOf(caller)));
  return [...steps].map(([step, used]) => stepUsage(step, used));
}

function stepUsage(step: string, usages: readonly Usage[]): StepUsage {
  const dynamodb = usages.filter(({ service }) => service === 'dynamodb');
  const lambda = usages.filter(({ service }) => service === 'lambda');
  return {
    step,
    invocations: sumOf(lambda, 'request'),
    milliseconds: sumOf(lambda, 'milliseconds'),
    writeRequests: sumOf(dynamodb.filter(isWrite), 'request'),
    readRequests: sumOf(
      dynamodb.filter((usage) => !isWrite(usage)),
      'request',
    ),
    writeUnits: sumOf(dynamodb, 'write'),
    readUnits: sumOf(dynamodb, 'read'),
    signatures: sumOf(
      usages.filter(({ service, operation }) => service === 'kms' && operation === 'Sign'),
      'request',
    ),
  };
}

/** Sums one unit over usages. */
export function sumOf(usages: readonly Usage[], unit: string): number {
  return usages.reduce((sum, { units }) => sum + (units[unit] ?? 0), 0);
}

const isWrite = ({ operation }: Usage): boolean => writeOperations.has(operation);

/** The sum of one figure over all steps. */
export function total(
  steps: readonly StepUsage[],
  figure: Exclude<keyof StepUsage, 'step'>,
): number {
  return steps.reduce((sum, step) => sum + step[figure], 0);
}
