import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CommandError } from '../../clients/command-error.ts';

/** The URLs of a deployed stack, from its outputs; read with the caller's own AWS credentials. */
export const findDeployedStack = async (
  stackName: string,
): Promise<{ readonly http: string; readonly chargers: string }> => {
  const outputs = await outputsOf(stackName);
  const http = outputs.get('HttpUrl');
  const chargers = outputs.get('ChargerUrl');
  if (http === undefined || chargers === undefined) {
    throw notFound(stackName, 'it has no outputs HttpUrl and ChargerUrl');
  }
  return { http: http.replace(/\/$/, ''), chargers: chargers.replace(/\/$/, '') };
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
