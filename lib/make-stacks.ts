import { Annotations, type App, CfnOutput } from 'aws-cdk-lib';
import type { Bundles } from './bundles/bundle-steps.ts';
import { DataStack } from './data/data-stack.ts';
import { EndpointStack } from './endpoints/endpoint-stack.ts';
import { QueueStack } from './queues/queue-stack.ts';
import { ServiceStack } from './service-stack.ts';
import type { ReadStage } from './settings/read-stage.ts';
import { nameIn } from './settings/stage.ts';

/** The stacks of one stage, in the order in which they are deployed. */
export type Stacks = {
  readonly data: DataStack;
  readonly queues: QueueStack;
  readonly endpoints: EndpointStack;
  readonly service: ServiceStack;
};

/** Adds all stacks of a stage to the app; what of its settings comes from the command line alone is said aloud. */
export function makeStacks(app: App, { stage, overrides }: ReadStage, bundles: Bundles): Stacks {
  const { account, region } = stage.settings;
  const props = {
    env: { ...(account && { account }), ...(region && { region }) },
    // CloudFormation hands the tags of a stack on to all that is in it.
    tags: { 'joulegate:stage': stage.name },
  };
  const data = new DataStack(app, nameIn(stage, 'data'), stage, props);
  const queues = new QueueStack(app, nameIn(stage, 'queues'), stage, props);
  const endpoints = new EndpointStack(app, nameIn(stage, 'endpoints'), stage, props);
  const service = new ServiceStack(app, nameIn(stage, 'service'), {
    ...props,
    stage,
    data,
    queues,
    endpoints,
    bundles,
  });
  for (const [index, sentence] of overrides.entries()) {
    Annotations.of(service).addWarningV2(`joulegate:override-${index}`, sentence);
  }
  if (overrides.length > 0) {
    new CfnOutput(service, 'SettingsOfTheCommandLine', { value: overrides.join(' ') });
  }
  return { data, queues, endpoints, service };
}
