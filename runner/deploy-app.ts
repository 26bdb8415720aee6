import { fileURLToPath } from 'node:url';
import { readRoles } from './iam/role.ts';
import { knownResourceTypes } from './known-resource-types.ts';
import { type FunctionSettings, readFunctionSettings } from './lambda/function-settings.ts';
import type { Deployment } from './runner-interfaces.ts';
import type { StackTemplate } from './template/assembly.ts';
import { deployAssembly } from './template/deploy-assembly.ts';
import { synthesizeApp } from './template/synthesize-app.ts';

/** The synthesized app with everything worked out that AWS would work out at deployment. */
export type DeployedApp = {
  readonly deployment: Deployment;
  readonly functions: readonly FunctionSettings[];
};

/** How the app is deployed here. */
export type DeployAppOptions = {
  /** CloudFormation parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Changes a stack before it is deployed: for tests that take a grant away. */
  readonly editStack?: (stack: StackTemplate) => StackTemplate;
  /** Ends the synthesis when it is aborted. */
  readonly interrupted?: AbortSignal | undefined;
};

const repository = fileURLToPath(new URL('..', import.meta.url));

/** Synthesizes the app of this repository and deploys it on paper; refuses by name what the runner does not know. */
export async function deployApp(options: DeployAppOptions): Promise<DeployedApp> {
  const { parameters, editStack, interrupted } = options;
  const assembly = await synthesizeApp(repository, interrupted);
  const deployment = deployAssembly({
    stacks: editStack === undefined ? assembly.stacks : assembly.stacks.map(editStack),
    resourceTypes: knownResourceTypes,
    parameters,
  });
  const roles = readRoles(deployment);
  const functions = deployment.resources
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .map((resource) => readFunctionSettings(resource, assembly, roles));
  return { deployment, functions };
}
