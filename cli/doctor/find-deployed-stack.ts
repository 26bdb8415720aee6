import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CommandError } from '../../clients/command-error.ts';

/** Where a deployed stack is reached. */
export type DeployedStack = {
  readonly http: string;
  readonly chargers: string;
  /** Name of its CloudFront function. */
  readonly pathFunction: string;
};

/** Finds a deployed stack by its outputs; read with the caller's own AWS credentials. */
export const findDeployedStack = async (stackName: string): Promise<DeployedStack> => {
  const outputs = await outputsOf(stackName);
  const http = outputs.get('HttpUrl');
  const chargers = outputs.get('ChargerUrl');
  const pathFunction = outputs.get('PathFunctionName');
  if (http === undefined || chargers === undefined || pathFunction === undefined) {
    throw notFound(stackName, 'it has no outputs HttpUrl, ChargerUrl and PathFunctionName');
  }
  return { http: http.replace(/\/$/, ''), chargers: chargers.replace(/\/$/, ''), pathFunction };
};

const outputsOf = async (stackName: string): Promise<ReadonlyMap<string, string>> => {
  try {
    const { Stacks = [] } = await new CloudFormationClient().send(
      new DescribeStacksCommand({ StackName: stackName }),
    );
    const outputs = Stacks.flatMap(({ Outputs = [] }) => Outputs);
    return new Map(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
  } catch (cause) {
    throw notFound(stackName, (cause as Error).message);
  }
};

const notFound = (stackName: string, reason: string): CommandError =>
  new CommandError(
    'CLI_STACK_NOT_FOUND',
    `The stack ${stackName} cannot be found with your AWS credentials and Region: ${reason}.`,
  );
