import {
  arnOf,
  physicalName,
  type ResourceContext,
  type ResourceType,
} from '../template/resource-type.ts';

/** Standard queues, and their policies. */
export const resourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::SQS::Queue',
    properties: [
      'DelaySeconds',
      'KmsMasterKeyId',
      'MessageRetentionPeriod',
      'QueueName',
      'ReceiveMessageWaitTimeSeconds',
      'RedriveAllowPolicy',
      'RedrivePolicy.deadLetterTargetArn',
      'RedrivePolicy.maxReceiveCount',
      'SqsManagedSseEnabled',
      'Tags',
      'VisibilityTimeout',
    ],
    ref: queueUrl,
    attributes: (queue) => ({
      Arn: arnOf(queue, 'sqs', queueName(queue)),
      QueueName: queueName(queue),
      QueueUrl: queueUrl(queue),
    }),
  },
  {
    type: 'AWS::SQS::QueuePolicy',
    properties: ['PolicyDocument', 'Queues'],
    ref: (policy) => policy.logicalId,
    attributes: () => ({}),
  },
];

function queueName(queue: ResourceContext): string {
  return physicalName(queue, 'QueueName', 80);
}

/** As AWS spells it; the local SQS goes by the name at its end. */
function queueUrl(queue: ResourceContext): string {
  return `https://sqs.${queue.region}.amazonaws.com/${queue.account}/${queueName(queue)}`;
}
