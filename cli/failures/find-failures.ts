import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { CommandError } from '../../clients/command-error.ts';
import { readReadyFile } from '../../clients/stack-access.ts';
import { type CommandArguments, textOption } from '../command.ts';

/** Queues, functions and streams of a stage: on AWS by the caller's own credentials, or of the local stack. */
export type FailureSite = {
  /** Begins the name of every queue and function of the stage: `joulegate-prod-`. */
  readonly prefix: string;
  readonly sqs: SQSClient;
  readonly lambda: LambdaClient;
  /** Loaded for the failures that name a place in a stream alone. */
  readonly openStreams: () => Promise<DynamoDBStreamsClient>;
  /** True for the local stack, whose engine has streams of its own names. */
  readonly isLocal: boolean;
};

/** Finds the stage that `--stage` names, otherwise the local stack. */
export async function findFailures(args: CommandArguments): Promise<FailureSite> {
  const stage = textOption(args, 'stage');
  if (stage === undefined) return await localSite();
  return {
    prefix: `joulegate-${stage}-`,
    sqs: new SQSClient(),
    lambda: new LambdaClient(),
    openStreams: async () => await streamsClient({}),
    isLocal: false,
  };
}

async function localSite(): Promise<FailureSite> {
  const { sqs, lambda, dynamodb, operatorsFunction } = await readReadyFile();
  if (!sqs || !lambda || !dynamodb || !operatorsFunction) {
    throw new CommandError(
      'CLI_NO_STACK',
      'The ready file does not name the queues; restart the stack.',
    );
  }
  const own = {
    region: 'eu-central-1',
    credentials: { accessKeyId: 'administrator', secretAccessKey: 'local' },
  };
  return {
    prefix: operatorsFunction.replace(/operators$/, ''),
    sqs: new SQSClient({ ...own, endpoint: sqs, useQueueUrlAsEndpoint: false }),
    lambda: new LambdaClient({ ...own, endpoint: lambda }),
    openStreams: async () => await streamsClient({ ...own, endpoint: dynamodb }),
    isLocal: true,
  };
}

const streamsClient = async (settings: object): Promise<DynamoDBStreamsClient> => {
  const { DynamoDBStreamsClient: Client } = await import('@aws-sdk/client-dynamodb-streams');
  return new Client(settings);
};

/** The URL of a queue of the stage, by the end of its name; a CommandError says why it is not found. */
export async function queueUrlOf({ sqs, prefix }: FailureSite, name: string): Promise<string> {
  const QueueName = `${prefix}${name}`;
  try {
    const { QueueUrl = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
    return QueueUrl;
  } catch (cause) {
    throw new CommandError(
      'CLI_STACK_NOT_FOUND',
      `The queue ${QueueName} cannot be read with your AWS credentials and Region: ${(cause as Error).message}.`,
    );
  }
}
