import { ServiceError } from '../aws-json/service-error.ts';
import { asJsonObject, asList, type JsonObject } from '../template/json-object.ts';
import type { Message, MessageAttribute } from './message.ts';
import { attributesDigest, bodyDigest } from './message-digest.ts';
import type { Queue } from './queue.ts';

/** How an operation is served, and the action that IAM must allow for it: batches ask for that of their items. */
export type SqsOperation = {
  readonly action: string;
  readonly serve: (queue: Queue, input: JsonObject) => JsonObject | Promise<JsonObject>;
};

/** The operations of the local SQS. */
export const sqsOperations: Readonly<Record<string, SqsOperation>> = {
  SendMessage: { action: 'SendMessage', serve: sendMessage },
  SendMessageBatch: {
    action: 'SendMessage',
    serve: (queue, input) => inBatch(queue, input, sendMessage),
  },
  ReceiveMessage: { action: 'ReceiveMessage', serve: receiveMessage },
  DeleteMessage: { action: 'DeleteMessage', serve: deleteMessage },
  DeleteMessageBatch: {
    action: 'DeleteMessage',
    serve: (queue, input) => inBatch(queue, input, deleteMessage),
  },
  ChangeMessageVisibility: { action: 'ChangeMessageVisibility', serve: changeVisibility },
  ChangeMessageVisibilityBatch: {
    action: 'ChangeMessageVisibility',
    serve: (queue, input) => inBatch(queue, input, changeVisibility),
  },
  GetQueueUrl: { action: 'GetQueueUrl', serve: (queue) => ({ QueueUrl: queue.settings.url }) },
  GetQueueAttributes: { action: 'GetQueueAttributes', serve: queueAttributes },
  PurgeQueue: {
    action: 'PurgeQueue',
    serve: (queue) => {
      queue.purge();
      return {};
    },
  },
};

/** Characters that a message may carry at most, attributes left out of account (1 MiB). */
const MAX_BODY = 1_048_576;

function sendMessage(queue: Queue, input: JsonObject): JsonObject {
  const body = String(input['MessageBody'] ?? '');
  if (body === '' || Buffer.byteLength(body) > MAX_BODY) {
    throw new ServiceError('InvalidParameterValue', 'A message has 1 to 1048576 bytes.');
  }
  const attributes = asJsonObject(input['MessageAttributes']) as Readonly<
    Record<string, MessageAttribute>
  >;
  const delay = input['DelaySeconds'];
  const group = input['MessageGroupId'];
  const MessageId = queue.send({
    body,
    attributes,
    ...(group === undefined ? {} : { groupId: String(group) }),
    ...(delay === undefined ? {} : { delaySeconds: Number(delay) }),
  });
  const digest = attributesDigest(attributes);
  return {
    MessageId,
    MD5OfMessageBody: bodyDigest(body),
    ...(digest === undefined ? {} : { MD5OfMessageAttributes: digest }),
  };
}

async function receiveMessage(queue: Queue, input: JsonObject): Promise<JsonObject> {
  const { MaxNumberOfMessages, WaitTimeSeconds, VisibilityTimeout } = input;
  const messages = await queue.receiveWaiting(
    Number(MaxNumberOfMessages ?? 1),
    Number(WaitTimeSeconds ?? queue.settings.waitSeconds),
    VisibilityTimeout === undefined ? undefined : Number(VisibilityTimeout),
  );
  const names = [
    ...asList(input['AttributeNames']),
    ...asList(input['MessageSystemAttributeNames']),
  ];
  return messages.length === 0
    ? {}
    : { Messages: messages.map((message) => received(message, names)) };
}

/** Of all attributes those that a request names: SQS gives no others. */
const named = (all: Readonly<Record<string, string>>, names: readonly unknown[]): JsonObject =>
  names.includes('All')
    ? all
    : Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));

function received(message: Message, names: readonly unknown[]): JsonObject {
  const attributes = named(systemAttributes(message), names);
  const digest = attributesDigest(message.attributes);
  return {
    MessageId: message.id,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: bodyDigest(message.body),
    ...(Object.keys(attributes).length === 0 ? {} : { Attributes: attributes }),
    ...(digest === undefined
      ? {}
      : { MessageAttributes: message.attributes, MD5OfMessageAttributes: digest }),
  };
}

/** The system attributes of a message, as the attributes of ReceiveMessage and of Lambda's event. */
export function systemAttributes(message: Message): Readonly<Record<string, string>> {
  return {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt),
    SenderId: 'AROALOCAL',
    ...(message.groupId === undefined ? {} : { MessageGroupId: message.groupId }),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
  };
}

function deleteMessage(queue: Queue, { ReceiptHandle }: JsonObject): JsonObject {
  queue.remove(String(ReceiptHandle));
  return {};
}

function changeVisibility(queue: Queue, input: JsonObject): JsonObject {
  const timeout = Number(input['VisibilityTimeout'] ?? 0);
  if (!queue.changeVisibility(String(input['ReceiptHandle']), timeout)) {
    throw new ServiceError('ReceiptHandleIsInvalid', 'The receipt handle is void.');
  }
  return {};
}

function queueAttributes(queue: Queue, input: JsonObject): JsonObject {
  const { settings } = queue;
  const { visible, inFlight, delayed } = queue.counts();
  const all = {
    QueueArn: settings.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    VisibilityTimeout: String(settings.visibilitySeconds),
    MessageRetentionPeriod: String(settings.retentionSeconds),
    DelaySeconds: String(settings.delaySeconds),
  };
  const attributes = named(all, asList(input['AttributeNames']));
  return Object.keys(attributes).length === 0 ? {} : { Attributes: attributes };
}

type ServeEntry = (queue: Queue, entry: JsonObject) => JsonObject;

function inBatch(queue: Queue, input: JsonObject, serve: ServeEntry): JsonObject {
  const Successful: JsonObject[] = [];
  const Failed: JsonObject[] = [];
  for (const entry of asList(input['Entries']).map(asJsonObject)) {
    const { Id } = entry;
    try {
      Successful.push({ Id, ...serve(queue, entry) });
    } catch (error) {
      if (!(error instanceof ServiceError)) {
        throw error;
      }
      Failed.push({ Id, Code: error.code, Message: error.message, SenderFault: true });
    }
  }
  return { Successful, ...(Failed.length === 0 ? {} : { Failed }) };
}
