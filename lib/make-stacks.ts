import { Annotations, type App, CfnOutput, type StackProps } from 'aws-cdk-lib';
import type { Bundles } from './bundles/bundle-steps.ts';
import { DataStack } from './data/data-stack.ts';
import { EndpointStack } from './endpoints/endpoint-stack.ts';
import { QueueStack } from './queues/queue-stack.ts';
import { FirewallStack } from './safeguards/firewall-stack.ts';
import { hasSafeguards, SafeguardStack } from './safeguards/safeguard-stack.ts';
import { ServiceStack } from './service-stack.ts';
import type { ReadStage } from './settings/read-stage.ts';
import { nameIn, type Stage } from './settings/stage.ts';

/** The stacks of one stage, in the order in which they are deployed. */
export type Stacks = {
  readonly data: DataStack;
  readonly queues: QueueStack;
  readonly endpoints: EndpointStack;
  readonly service: ServiceStack;
};

/** Stages of ours whose chargers are nobody's, so that nobody needs to be told of an alarm. */
const withoutCustomers: readonly string[] = ['local', 'test'];

/**
 * Adds all stacks of a stage to the app; what of its settings comes from the command line alone is said aloud, and so is that its alarms reach
 * nobody.
 */
export function makeStacks(app: App, { stage, overrides }: ReadStage, bundles: Bundles): Stacks {
  const { account, region } = stage.settings;
  const props = {
    env: { ...(account && { account }), ...(region && { region }) },
    // CloudFormation hands the tags of a stack on to all that is in it.
    tags: { ...stage.settings.tags, 'joulegate:stage': stage.name },
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
  addSafeguards(app, stage, data, props);
  for (const [index, sentence] of overrides.entries()) {
    Annotations.of(service).addWarningV2(`joulegate:override-${index}`, sentence);
  }
  if (stage.settings.alarmEmail === undefined && !withoutCustomers.includes(stage.name)) {
    Annotations.of(service).addWarningV2(
      'joulegate:no-alarm-email',
      `No alarmEmail in settings/${stage.name}.json: alarms are raised and reach nobody, unless you subscribe to their topic by hand (docs/runbook.md).`,
    );
  }
  if (overrides.length > 0) {
    new CfnOutput(service, 'SettingsOfTheCommandLine', { value: overrides.join(' ') });
  }
  return { data, queues, endpoints, service };
}

/** Stacks that a stage has where it asks for them, and that nothing else depends on. */
function addSafeguards(app: App, stage: Stage, data: DataStack, props: StackProps): void {
  if (hasSafeguards(stage)) {
    new SafeguardStack(app, nameIn(stage, 'safeguards'), { ...props, stage, data });
  }
  const { chargerHandshakesPerAddress: handshakesPerAddress } = stage.settings;
  if (handshakesPerAddress !== undefined) {
    const env = { ...props.env, region: 'us-east-1' };
    new FirewallStack(app, nameIn(stage, 'firewall'), {
      ...props,
      env,
      stage,
      handshakesPerAddress,
    });
  }
}
