import type { LambdaClient } from '@aws-sdk/client-lambda';
import { CommandError } from '../clients/command-error.ts';
import { readReadyFile } from '../clients/stack-access.ts';
import { type CommandArguments, textOption } from './command.ts';

/** The option of every command that invokes the operators function. */
export const functionOption = { function: { type: 'string' } } as const;

type Answer = Readonly<Record<string, unknown>>;

/**
 * Invokes the operators function and gives its answer: on AWS the one that `--function` names, with the caller's own AWS
 * credentials; otherwise that of the local stack. A refusal is a CommandError with its reason.
 */
export async function invokeOperators(args: CommandArguments, request: object): Promise<Answer> {
  const { client, functionName } = await target(args);
  const answer = await invoke(client, functionName, request);
  if (answer['operatorId'] !== undefined && answer['apiKey'] !== undefined) return answer;
  // The function answers a refusal like the HTTP APIs do; Lambda calls that a success.
  const message = answer['message'] ?? 'The function is not the operators function.';
  throw new CommandError('CLI_OPERATOR_REFUSED', `Nothing was created. ${message}`);
}

const invoke = async (
  client: LambdaClient,
  functionName: string,
  request: object,
): Promise<Answer> => {
  const { InvokeCommand } = await import('@aws-sdk/client-lambda');
  try {
    const answer = await client.send(
      new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(request) }),
    );
    const text = new TextDecoder().decode(answer.Payload);
    if (answer.FunctionError !== undefined) throw new Error(text);
    return JSON.parse(text) as Answer;
  } catch (cause) {
    throw new CommandError(
      'CLI_OPERATOR_REFUSED',
      `The function ${functionName} could not be invoked: ${(cause as Error).message}.`,
    );
  }
};

// Without --function the local stack is meant: its ready file says where functions are invoked and which one this is.
const target = async (
  args: CommandArguments,
): Promise<{ client: LambdaClient; functionName: string }> => {
  const { LambdaClient } = await import('@aws-sdk/client-lambda');
  const named = textOption(args, 'function');
  if (named !== undefined) return { client: new LambdaClient(), functionName: named };
  const ready = await readReadyFile();
  const endpoint = ready['lambda'];
  const functionName = ready['operatorsFunction'];
  if (endpoint === undefined || functionName === undefined) {
    throw new CommandError(
      'CLI_NO_STACK',
      'The ready file does not name the operators function; restart the stack.',
    );
  }
  const client = new LambdaClient({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'administrator', secretAccessKey: 'local' },
  });
  return { client, functionName };
};
