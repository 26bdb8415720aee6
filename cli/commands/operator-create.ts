import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CommandError } from '../../clients/command-error.ts';
import { readReadyFile } from '../../clients/stack-access.ts';
import { type Command, type CommandArguments, textOption } from '../command.ts';

type CreatedOperator = { readonly operatorId: string; readonly apiKey: string };

type Refusal = { readonly message: string };

/**
 * `joulegate operator create`: makes an operator and prints its first administrator key, once. On AWS it invokes the
 * stack's operators function with the caller's own AWS credentials; locally that of the running stack.
 */
export const operatorCreate: Command = {
  name: 'operator create',
  summary: 'makes an operator and its first administrator key',
  usage: '--name NAME [--function OPERATORS_FUNCTION]',
  options: { name: { type: 'string' }, function: { type: 'string' } },
  run: async (args) => {
    const name = textOption(args, 'name');
    if (name === undefined || name === '') {
      throw new CommandError('CLI_ARGUMENT_MISSING', 'Name the operator: --name NAME.');
    }
    const created = await invoke(args, name);
    return {
      exitCode: 0,
      json: created,
      text: [
        `Operator  ${created.operatorId}`,
        `API key   ${created.apiKey}`,
        'The key is shown this once; only a hash of it is kept.',
      ].join('\n'),
    };
  },
};

const invoke = async (args: CommandArguments, name: string): Promise<CreatedOperator> => {
  const { client, functionName } = await target(args);
  try {
    const answer = await client.send(
      new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify({ name }) }),
    );
    const text = new TextDecoder().decode(answer.Payload);
    if (answer.FunctionError !== undefined) throw new Error(text);
    return readAnswer(JSON.parse(text));
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    throw new CommandError(
      'CLI_OPERATOR_REFUSED',
      `The operator could not be created with function ${functionName}: ${(cause as Error).message}.`,
    );
  }
};

// The function answers a refusal like the HTTP APIs do; Lambda calls that a success.
const readAnswer = (answer: Partial<CreatedOperator & Refusal>): CreatedOperator => {
  const { operatorId, apiKey, message } = answer;
  if (operatorId !== undefined && apiKey !== undefined) return { ...answer, operatorId, apiKey };
  throw new CommandError(
    'CLI_OPERATOR_REFUSED',
    `The operator was not created. ${message ?? 'The function is not the operators function.'}`,
  );
};

// Without --function the local stack is meant: its ready file says where functions are invoked and what this one is called.
const target = async (
  args: CommandArguments,
): Promise<{ client: LambdaClient; functionName: string }> => {
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
