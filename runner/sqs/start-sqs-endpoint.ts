import { ServiceError } from '../aws-json/service-error.ts';
import { type Endpoint, startJsonEndpoint } from '../aws-json/start-json-endpoint.ts';
import type { Authorize, Usage } from '../runner-interfaces.ts';
import type { Queues } from './open-queues.ts';
import type { Queue } from './queue.ts';
import { sqsOperations } from './sqs-operations.ts';

/** The parts the endpoint needs. */
export type SqsEndpointOptions = {
  readonly queues: Queues;
  readonly authorize: Authorize;
  readonly count?: (accessKeyId: string, usage: Usage) => void;
};

/** The SQS that functions talk to. A queue is known by the name at the end of its URL, whatever the host. */
export async function startSqsEndpoint(options: SqsEndpointOptions): Promise<Endpoint> {
  const byName = new Map([...options.queues.values()].map((queue) => [queue.settings.name, queue]));
  const endpoint = await startJsonEndpoint(async ({ operation, input, accessKeyId }) => {
    const known = sqsOperations[operation];
    if (known === undefined) {
      throw new ServiceError('InvalidAction', `The local SQS has no ${operation}.`);
    }
    const queue = findQueue(byName, String(input['QueueUrl'] ?? input['QueueName']));
    const verdict = options.authorize(accessKeyId, `sqs:${known.action}`, queue.settings.arn);
    if (!verdict.allowed) {
      throw new ServiceError('AccessDeniedException', verdict.message, 403);
    }
    options.count?.(accessKeyId, { service: 'sqs', operation, units: { request: 1 } });
    return await known.serve(queue, input);
  });
  return {
    url: endpoint.url,
    stop: async () => {
      for (const queue of byName.values()) {
        queue.stop();
      }
      await endpoint.stop();
    },
  };
}

function findQueue(byName: ReadonlyMap<string, Queue>, url: string): Queue {
  const queue = byName.get(url.slice(url.lastIndexOf('/') + 1));
  if (queue === undefined) {
    throw new ServiceError(
      'AWS.SimpleQueueService.NonExistentQueue',
      'The specified queue does not exist.',
    );
  }
  return queue;
}
