import type { Authorize } from '../runner-interfaces.ts';
import { StartRefusal } from '../start-refusal.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';

const streamActions = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
  (name) => `dynamodb:${name}`,
);
const queueActions = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map(
  (name) => `sqs:${name}`,
);

/**
 * Lambda reads a source under the role of the function, and does not even make a mapping whose role may not.
 * Refuses with `EVENT_SOURCE_DENIED`, and the sentence of IAM.
 */
export function demandSourceGrants(
  { sourceArn, onFailureArn }: EventSourceMapping,
  authorize: Authorize,
  accessKeyId: string,
): void {
  const isQueue = sourceArn.split(':')[2] === 'sqs';
  const demanded = (isQueue ? queueActions : streamActions).map((action) => ({
    action,
    arn: sourceArn,
  }));
  if (onFailureArn !== undefined) {
    demanded.push({ action: 'sqs:SendMessage', arn: onFailureArn });
  }
  for (const { action, arn } of demanded) {
    const verdict = authorize(accessKeyId, action, arn);
    if (!verdict.allowed) {
      throw new StartRefusal('EVENT_SOURCE_DENIED', `AccessDenied: ${verdict.message}`);
    }
  }
}
