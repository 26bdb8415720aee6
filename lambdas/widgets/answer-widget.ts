import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Database } from '../store/table/client.ts';
import { type Markup, markup } from '../view/markup.ts';
import { type Theme, themed } from '../view/themed.ts';
import { describeWidgets } from './describe-widgets.ts';
import { readBills } from './read-bills.ts';
import { readChargers } from './read-chargers.ts';
import { readCommands } from './read-commands.ts';
import { readDeliveries } from './read-deliveries.ts';
import { readFailed } from './read-failed.ts';
import { type FailureQueues, readFailures } from './read-failures.ts';
import { readFleet } from './read-fleet.ts';
import { readHeld } from './read-held.ts';
import { readMoney } from './read-money.ts';
import { readTariffs } from './read-tariffs.ts';
import { readUptime } from './read-uptime.ts';
import { billsView } from './view/bills-view.ts';
import { chargersView } from './view/chargers-view.ts';
import { chargingView } from './view/charging-view.ts';
import { commandsView } from './view/commands-view.ts';
import { deliveriesView } from './view/deliveries-view.ts';
import { failedView } from './view/failed-view.ts';
import { failuresView } from './view/failures-view.ts';
import { fleetView } from './view/fleet-view.ts';
import { heldView } from './view/held-view.ts';
import { moneyView } from './view/money-view.ts';
import { tariffsView } from './view/tariffs-view.ts';
import { uptimeView } from './view/uptime-view.ts';
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
  /** The function that decides and sends again, which other buttons call. */
  readonly actionsArn: string;
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
  const { database, now, invokedFunctionArn, actionsArn, stage } = services;
  const context = { request, now, functionArn: invokedFunctionArn };
  switch (request.widget) {
    case 'chargers':
      return chargersView(await readChargers(database, request, now), { ...context, request });
    case 'fleet':
      return fleetView(await readFleet(database, request, now), { ...context, request });
    case 'charging':
      return chargingView(await readFleet(database, request, now), context);
    case 'uptime':
      return uptimeView(await readUptime(database, request, now), context);
    case 'failed':
      return failedView(await readFailed(database, request, now), { ...context, request });
    case 'commands':
      return commandsView(await readCommands(database, request, Date.parse(now)));
    case 'deliveries':
      return deliveriesView(await readDeliveries(database, request), now);
    case 'bills':
      return billsView(await readBills(database, request), { ...context, request });
    case 'tariffs':
      return tariffsView(await readTariffs(database, request, now));
    case 'held':
      return heldView(await readHeld(database, request), { ...context, request, actionsArn });
    case 'failures':
      return failuresView(await readFailures(services), { stage, actionsArn });
    case 'money':
      return moneyView(await readMoney(database, request, now));
    default:
      return request satisfies never;
  }
}
