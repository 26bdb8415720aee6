import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import * as z from 'zod';
import { withRequestId } from '../runtime/with-request-id.ts';
import { database } from '../store/table/client.ts';
import { answerAction } from './answer-action.ts';

const urlsFrom = (text: string | undefined): Readonly<Record<string, string>> =>
  z.record(z.string(), z.string()).parse(JSON.parse(text || '{}'));

const site = {
  failureQueues: urlsFrom(process.env['FAILURE_QUEUES']),
  stepQueues: urlsFrom(process.env['STEP_QUEUES']),
  prefix: process.env['FUNCTION_PREFIX'] ?? '',
  // The endpoint of the region, which knows a queue by its URL; the client would talk to the URL's own host.
  sqs: new SQSClient({ maxAttempts: 3, useQueueUrlAsEndpoint: false }),
  // A run that takes long is not to be begun twice.
  lambda: new LambdaClient({ maxAttempts: 1 }),
};

/** Does what a button of a dashboard asks for: CloudWatch invokes it for whoever presses the button and may invoke it. */
export const handler = middy<unknown, string>()
  .use(withRequestId())
  .handler(async (event, context) => {
    const now = new Date().toISOString();
    const { awsRequestId: invocationId } = context;
    const millisecondsLeft = () => context.getRemainingTimeInMillis();
    return await answerAction({ ...site, database, invocationId, now, millisecondsLeft }, event);
  });
