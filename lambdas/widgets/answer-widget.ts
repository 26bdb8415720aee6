import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Database } from '../store/table/client.ts';
import { describeWidgets } from './describe-widgets.ts';
import { readChargers } from './read-chargers.ts';
import { type FailureQueues, readFailures } from './read-failures.ts';
import { readHeld } from './read-held.ts';
import { readMoney } from './read-money.ts';
import { chargersView } from './view/chargers-view.ts';
import { failuresView } from './view/failures-view.ts';
import { heldView } from './view/held-view.ts';
import { type Markup, markup } from './view/markup.ts';
import { moneyView } from './view/money-view.ts';
import { type Theme, themed } from './view/themed.ts';
import { WidgetRequest } from './widget-request.ts';

/** The surroundings of a run. */
export type WidgetServices = {
  readonly database: Database;
  readonly sqs: SQSClient;
  readonly queues: FailureQueues;
  /** Name of the stage, for the commands of the runbook. */
  readonly stage: string;
  /** The function itself, which buttons call. */
  readonly invokedFunctionArn: string;
  /** ISO 8601 in UTC. */
  readonly now: string;
};

/** Answers a request of CloudWatch: Markdown for `describe`, otherwise HTML without any script. */
export async function answerWidget(services: WidgetServices, event: unknown): Promise<string> {
  const { success, data, error } = WidgetRequest.safeParse(event);
  if (!success) {
    const [issue] = error.issues;
    const where = issue?.path.join('.') || 'widget';
    return themed('light', markup`<p>The parameters of this widget are not valid: ${where}.</p>`);
  }
  if ('describe' in data) return describeWidgets;
  const theme: Theme = data.widgetContext.theme;
  return themed(theme, await draw(services, data));
}

type Drawn = Exclude<WidgetRequest, { readonly describe: true }>;

async function draw(services: WidgetServices, request: Drawn): Promise<Markup> {
  const { database, now, invokedFunctionArn, stage } = services;
  switch (request.widget) {
    case 'chargers':
      return chargersView(await readChargers(database, request, now), {
        request,
        now,
        functionArn: invokedFunctionArn,
      });
    case 'held':
      return heldView(await readHeld(database, request), now);
    case 'failures':
      return failuresView(await readFailures(services), stage);
    case 'money':
      return moneyView(await readMoney(database, request, now));
    default:
      return request satisfies never;
  }
}
