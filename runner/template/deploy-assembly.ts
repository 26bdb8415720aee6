import type { Deployment } from '../runner-interfaces.ts';
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
      firstOf(stacks, (stack) => stack.exported(exportName)) ?? refuseImport(exportName, at),
    stackOutput: (stackName: string, output: string, at: string) =>
      firstOf(stacks, (stack) => (stack.name === stackName ? stack.output(output) : undefined)) ??
      refuseImport(`${stackName}.${output}`, at),
  };
  stacks.push(...plan.stacks.map((stack) => resolveStack(stack, around)));
  return {
    resources: stacks.flatMap((stack) => stack.resources()),
    outputs: Object.fromEntries(
      stacks.flatMap((stack) => stack.outputNames.map((name) => [name, stack.output(name) ?? ''])),
    ),
  };
}

function firstOf(
  stacks: readonly ResolvedStack[],
  find: (stack: ResolvedStack) => string | undefined,
): string | undefined {
  for (const stack of stacks) {
    const found = find(stack);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function refuseImport(what: string, at: string): never {
  throw new StartRefusal('MALFORMED_TEMPLATE', `${at} imports ${what}, which no stack exports.`);
}
