import type { Deployment } from '../seams.ts';
import { StartRefusal } from '../start-refusal.ts';
import type { StackTemplate } from './assembly.ts';
import { type ResolvedStack, resolveStack } from './resolve-stack.ts';
import type { ResourceType } from './resource-type.ts';

/** How the stacks of an app are deployed. */
export type DeploymentPlan = {
  readonly stacks: readonly StackTemplate[];
  readonly resourceTypes: readonly ResourceType[];
  /** CloudFormation parameters, given to each stack that declares them. */
  readonly parameters: Readonly<Record<string, string>>;
};

/** All stacks of the app with every value worked out; refuses by name whatever the runner does not know. */
export function deployAssembly(plan: DeploymentPlan): Deployment {
  const resourceTypes = new Map(plan.resourceTypes.map((known) => [known.type, known]));
  const stacks: ResolvedStack[] = [];
  const around = {
    resourceTypes,
    parameters: plan.parameters,
    exported: (exportName: string, at: string) =>
      stacks
        .flatMap((stack) => Object.values(stack.outputs()))
        .find((output) => output.exportName === exportName)?.value ?? refuseImport(exportName, at),
    stackOutput: (stackName: string, output: string, at: string) =>
      stacks.find(({ name }) => name === stackName)?.outputs()[output]?.value ??
      refuseImport(`${stackName}.${output}`, at),
  };
  stacks.push(...plan.stacks.map((stack) => resolveStack(stack, around)));
  return {
    resources: stacks.flatMap((stack) => stack.resources()),
    outputs: Object.fromEntries(
      stacks.flatMap((stack) =>
        Object.entries(stack.outputs()).map(([name, output]) => [name, output.value]),
      ),
    ),
  };
}

function refuseImport(what: string, at: string): never {
  throw new StartRefusal('MALFORMED_TEMPLATE', `${at} imports ${what}, which no stack exports.`);
}
