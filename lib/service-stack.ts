import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Billing } from './billing/billing.ts';
import type { Bundles } from './bundles/bundle-steps.ts';
import { ChargerDistribution } from './charger-distribution.ts';
import { ChargerEdge } from './charger-edge/charger-edge.ts';
import { chargerUrl } from './charger-edge/charger-url.ts';
import { ChargerGateway } from './charger-gateway.ts';
import type { DataStack } from './data/data-stack.ts';
import { grantsOf } from './functions/grants.ts';
import type { ServiceParts } from './functions/service-parts.ts';
import { Metering } from './metering/metering.ts';
import { OperatorApi } from './operator-api/operator-api.ts';
import type { QueueStack } from './queues/queue-stack.ts';
import type { Stage } from './settings/stage.ts';

/** The surroundings the service needs. */
export type ServiceStackProps = StackProps & {
  readonly stage: Stage;
  readonly data: DataStack;
  readonly queues: QueueStack;
  readonly bundles: Bundles;
};

/** All that runs, in the order of the flow: a charger's connection, its messages, what follows from them, the API. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, props);
    // As long as this stack uses a table, a queue or the key, CloudFormation lets nobody delete it.
    this.node.setContext('@aws-cdk/core:defaultCrossStackReferences', 'strong');
    const { stage, data, queues } = props;
    const { codeOf, httpRoutes } = props.bundles;
    const gateway = new ChargerGateway(this, 'ChargerGateway', stage);
    const grants = grantsOf({
      stateTable: data.state.tableArn,
      listingIndex: data.state.listingArn,
      chargerListingIndex: data.state.chargerListingArn,
      readingsTable: data.readings.tableArn,
      cdrKey: data.cdrKey.keyArn,
      postponedQueue: queues.charger.postponed.arn,
      correctionsQueue: queues.billing.corrections.arn,
      connectionsToClose: gateway.closeArn,
      connectionsToSend: gateway.sendArn,
    });
    const state = { STATE_TABLE: data.state.tableName };
    const parts: ServiceParts = {
      stage,
      data,
      queues,
      state,
      tables: {
        ...state,
        READINGS_TABLE: data.readings.tableName,
        SESSION_MEGABYTES: String(stage.settings.sessionMegabytes),
      },
      propsOf: (step, environment) => ({
        stage,
        step,
        code: codeOf(step),
        environment,
        grants: grants[step],
      }),
    };

    new ChargerEdge(this, 'ChargerEdge', parts, gateway);
    const distribution = new ChargerDistribution(this, 'ChargerDistribution', gateway, stage);
    new Metering(this, 'Metering', parts);
    new Billing(this, 'Billing', parts);
    const url = chargerUrl(this, distribution.domainName);
    const operatorApi = new OperatorApi(this, 'OperatorApi', parts, {
      chargerUrl: url,
      connectionsUrl: gateway.connectionsUrl,
      routes: httpRoutes,
    });

    new CfnOutput(this, 'ChargerDomainTarget', { value: distribution.cloudFrontName });
    new CfnOutput(this, 'HttpUrl', { value: operatorApi.url });
    new CfnOutput(this, 'ChargerUrlOutput', { value: url }).overrideLogicalId('ChargerUrl');
    new CfnOutput(this, 'OperatorsFunctionName', { value: operatorApi.operatorsFunctionName });
  }
}
