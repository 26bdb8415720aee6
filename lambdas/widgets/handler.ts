import { SQSClient } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import { withRequestId } from '../runtime/with-request-id.ts';
import { database } from '../store/table/client.ts';
import { answerWidget } from './answer-widget.ts';
import { failureQueuesFrom } from './read-failures.ts';

const queues = failureQueuesFrom(process.env['FAILURE_QUEUES']);
const stage = process.env['STAGE'] ?? '';
const actionsArn = process.env['ACTIONS_FUNCTION'] ?? '';
// The endpoint of the region, which knows a queue by its URL; the client would talk to the URL's own host.
const sqs = new SQSClient({ maxAttempts: 3, useQueueUrlAsEndpoint: false });

/** Draws a custom widget of a dashboard: CloudWatch invokes it for whoever looks at the dashboard. */
export const handler = middy<unknown, string>()
  .use(withRequestId())
  .handler(async (event, { invokedFunctionArn }) => {
    const now = new Date().toISOString();
    const services = { database, sqs, queues, stage, invokedFunctionArn, actionsArn, now };
    return await answerWidget(services, event);
  });
