import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { DataStack } from '../../lib/data/data-stack.ts';
import { EndpointStack } from '../../lib/endpoints/endpoint-stack.ts';
import type { Stacks } from '../../lib/make-stacks.ts';
import { QueueStack } from '../../lib/queues/queue-stack.ts';
import { readStage } from '../../lib/settings/read-stage.ts';
import { makeApp } from './synthesize.ts';

const domains = {
  apiDomainName: 'api.operator.example',
  apiCertificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/2',
};

const wholes = [{}, domains].map((context) => ({ context, ...makeApp(context) }));

const outputsOf = (stack: Stack): Readonly<Record<string, { Export?: { Name: string } }>> =>
  Template.fromStack(stack).toJSON()['Outputs'] ?? {};
const exported = (stack: Stack) =>
  Object.values(outputsOf(stack)).flatMap(({ Export }) => Export?.Name ?? []);

// CloudFormation deploys the lower stack first and refuses to withdraw an export that the deployed service imports.
it.each([
  ['data', ({ data }: Stacks) => data, DataStack],
  ['queues', ({ queues }: Stacks) => queues, QueueStack],
  ['endpoints', ({ endpoints }: Stacks) => endpoints, EndpointStack],
] as const)(
  'the stack of %s exports the same when the service imports nothing of it, so that a later service can be deployed',
  (name, deployed, LowerStack) => {
    for (const whole of wholes) {
      const { context } = whole;
      const alone = new App({ context, analyticsReporting: false });
      const { stage } = readStage(alone.node);
      const unused = new LowerStack(alone, `joulegate-prod-${name}`, stage, {});

      expect(outputsOf(unused)).toEqual(outputsOf(deployed(whole)));
    }
  },
);

it('an own domain can be left out of the settings again: the deployed service imports nothing of it', () => {
  const [without, withDomain] = wholes.map(({ endpoints }) => exported(endpoints));

  expect(without).toEqual(withDomain);
});
