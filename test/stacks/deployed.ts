import { Template } from 'aws-cdk-lib/assertions';
import { knownResourceTypes } from '../../runner/known-resource-types.ts';
import type { Deployment } from '../../runner/runner-interfaces.ts';
import { deployAssembly } from '../../runner/template/deploy-assembly.ts';
import type { ResourceType } from '../../runner/template/resource-type.ts';
import { makeApp } from './synthesize.ts';

/** Properties that the stacks of tests have, or that only settings bring which the local stack has not. */
const more: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'Code.ZipFile',
  'AWS::Events::Rule': 'Targets.RetryPolicy.MaximumRetryAttempts',
};

const withMore = (known: ResourceType): ResourceType => ({
  ...known,
  properties: [...known.properties, ...[more[known.type] ?? []].flat()],
});

/** The stacks of a stage with these settings, with every value worked out as the runner does; without those that it does not run. */
export function deployedWith(context: Record<string, unknown>): Deployment {
  const { data, queues, endpoints, service } = makeApp(context);
  return deployAssembly({
    stacks: [data, queues, endpoints, service].map((stack) => ({
      name: stack.stackName,
      template: Template.fromStack(stack).toJSON(),
    })),
    resourceTypes: knownResourceTypes.map(withMore),
    parameters: {},
  });
}
