import { ArnFormat, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Billing } from './billing/billing.ts';
import type { Bundles } from './bundles/bundle-steps.ts';
import { Canary } from './canary/canary.ts';
import { ChargerEdge } from './charger-edge/charger-edge.ts';
import { Dashboards } from './dashboards/dashboards.ts';
import type { DataStack } from './data/data-stack.ts';
import type { EndpointStack } from './endpoints/endpoint-stack.ts';
import { Events } from './events/events.ts';
import { loopbackOption } from './events/loopback-option.ts';
import { streamSteps } from './functions/driven-steps.ts';
import { grantsOf } from './functions/grants.ts';
import type { Environment, ServiceParts } from './functions/service-parts.ts';
import { Metering } from './metering/metering.ts';
import { OperatorApi } from './operator-api/operator-api.ts';
import type { QueueStack } from './queues/queue-stack.ts';
import { nameIn, type Stage } from './settings/stage.ts';

/** The surroundings the service needs. */
export type ServiceStackProps = StackProps & {
  readonly stage: Stage;
  readonly data: DataStack;
  readonly queues: QueueStack;
  readonly endpoints: EndpointStack;
  readonly bundles: Bundles;
};

/** All that runs, in the order of the flow: a charger's connection, its messages, what follows from them, the API. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, props);
    // As long as this stack uses a table, a queue, the key or an API, CloudFormation lets nobody delete it.
    this.node.setContext('@aws-cdk/core:defaultCrossStackReferences', 'strong');
    const { stage, data, queues, endpoints } = props;
    const { codeOf, httpRoutes } = props.bundles;
    const grants = grantsOf({
      stateTable: data.state.tableArn,
      listingIndex: data.state.listingArn,
      chargerListingIndex: data.state.chargerListingArn,
      locationListingIndex: data.state.locationListingArn,
      accountListingIndex: data.state.accountListingArn,
      readingsTable: data.readings.tableArn,
      cdrKey: data.cdrKey.keyArn,
      webhookKey: data.webhookKey.keyArn,
      authorityKey: data.authorityKey?.keyArn,
      logFiles: `${data.files.bucketArn}/logs/*`,
      firmwareFiles: `${data.files.bucketArn}/firmware/*`,
      webhooksQueue: queues.events.webhooks.arn,
      partnersQueue: queues.events.partners.arn,
      allCdrKeys: data.cdrKey.keys.map(({ keyArn }) => keyArn),
      postponedQueue: queues.charger.postponed.arn,
      commandsQueue: queues.charger.commands.arn,
      correctionsQueue: queues.billing.corrections.arn,
      connectionsToClose: endpoints.chargers.closeArn,
      connectionsToAsk: endpoints.chargers.askArn,
      connectionsToSend: endpoints.chargers.sendArn,
      feedToSend: endpoints.feed.connectionsArn('POST'),
      feedToClose: endpoints.feed.connectionsArn('DELETE'),
      failureQueues: Object.values(queues.failures).map(({ queueArn }) => queueArn),
      stepQueues: Object.values(queues.ofSteps).map(({ arn }) => arn),
      retriedFunctions: [...streamSteps, 'sweep' as const].map((step) =>
        this.formatArn({
          service: 'lambda',
          resource: 'function',
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          resourceName: nameIn(stage, step),
        }),
      ),
    });
    const state = { STATE_TABLE: data.state.tableName };
    const authority: Environment =
      data.authorityKey === undefined ? {} : { CHARGER_AUTHORITY_KEY_ID: data.authorityKey.keyArn };
    const parts: ServiceParts = {
      outbound: {
        WEBHOOKS_QUEUE_URL: queues.events.webhooks.url,
        WEBHOOK_KEY_ID: data.webhookKey.keyArn,
        JOULEGATE_ALLOW_LOOPBACK: loopbackOption(this),
        OCPI_URL: `${endpoints.api.partnersUrl}/ocpi`,
      },
      stage,
      data,
      queues,
      state,
      authority,
      tables: {
        ...state,
        READINGS_TABLE: data.readings.tableName,
        SESSION_MEGABYTES: String(stage.settings.sessionMegabytes),
        MESSAGE_MEGABYTES_PER_DAY: String(stage.settings.messageMegabytesPerDay),
        SESSIONS_PER_DAY: String(stage.settings.sessionsPerDay),
      },
      propsOf: (step, environment) => ({
        stage,
        step,
        code: codeOf(step),
        environment,
        grants: grants[step],
      }),
    };

    new ChargerEdge(this, 'ChargerEdge', parts, endpoints);
    new Metering(this, 'Metering', parts);
    new Billing(this, 'Billing', parts);
    new Events(this, 'Events', parts, endpoints.feed);
    const { canaryMinutes: minutes } = stage.settings;
    const canary =
      minutes === undefined
        ? undefined
        : new Canary(this, 'Canary', parts, { minutes, apiUrl: endpoints.api.url }).alarm;
    new Dashboards(this, 'Dashboards', parts, {
      chargers: endpoints.chargers,
      api: endpoints.api,
      canary,
    });
    const operatorApi = new OperatorApi(this, 'OperatorApi', parts, {
      endpoint: endpoints.api,
      chargerUrl: endpoints.chargers.url,
      connectionsUrl: endpoints.chargers.connectionsUrl,
      commandsQueueUrl: queues.charger.commands.url,
      filesUrl: endpoints.api.filesUrl,
      routes: httpRoutes,
    });

    new CfnOutput(this, 'HttpUrl', { value: endpoints.api.url });
    new CfnOutput(this, 'FeedUrl', { value: endpoints.feed.url });
    new CfnOutput(this, 'ChargerUrl', { value: endpoints.chargers.url });
    new CfnOutput(this, 'PathFunctionName', { value: endpoints.chargers.pathFunctionName });
    new CfnOutput(this, 'OperatorsFunctionName', { value: operatorApi.operatorsFunctionName });
  }
}
