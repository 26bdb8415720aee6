import { setTimeout } from 'node:timers/promises';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type CommandMessage, commandMessageFrom } from '../connection/command-message.ts';
import { sendCommandMessage } from '../connection/send-command-message.ts';
import { logger } from '../runtime/logger.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { database } from '../store/table/client.ts';
import { countRecords } from '../stream/stream-records.ts';
import { handleMessage } from './handle-message.ts';
import { leaveAnother } from './leave-another.ts';
import { postFrame } from './post-frame.ts';
import type { Sender } from './sender.ts';

/** The authority of the deployment, which has one where it names its key. */
function ownAuthority(): Pick<Sender, 'authority' | 'signer'> {
  const { CHARGER_AUTHORITY_KEY_ID: keyId, CHARGER_AUTHORITY_NAME: name = 'Joulegate' } =
    process.env;
  if (keyId === undefined) return {};
  // The library that writes certificates is loaded with the first of them.
  return {
    authority: { keyId, name },
    signer: async () => await import('../authority/sign-certificates.ts'),
  };
}

const sender: Sender = {
  database,
  post: postFrame,
  send: sendCommandMessage,
  now: Date.now,
  ...ownAuthority(),
};

/** Ms in which whoever has put the message about a new command into the queue writes that command: most do so in less. */
const writingTime = 30;

/** Waits until a new command should be there: to look for it in vain costs a request. */
async function letBeWritten({ kind }: CommandMessage, sentAt: number): Promise<void> {
  const left = sentAt + writingTime - Date.now();
  // Not longer where our clock is behind that of the queue.
  if (kind === 'made' && left > 0) await setTimeout(Math.min(left, writingTime));
}

async function isDone({ messageId, body, attributes }: SQSRecord): Promise<boolean> {
  try {
    const message = commandMessageFrom(body);
    await leaveAnother(sender, message, Number(attributes.ApproximateReceiveCount));
    await letBeWritten(message, Number(attributes.SentTimestamp));
    await handleMessage(sender, message);
    return true;
  } catch (error) {
    logger.error('A message about commands could not be processed', { error, id: messageId });
    return false;
  }
}

/** Sends commands to chargers, one at a time each, and ends those that are not answered; a message that fails is retried. */
export const handler = middy<SQSEvent, SQSBatchResponse>()
  .use(withRequestId())
  .handler(async ({ Records }) => {
    const failed: string[] = [];
    for (const record of Records) {
      if (!(await isDone(record))) failed.push(record.messageId);
    }
    countRecords('commands', Records.length, failed.length);
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  });
