import type { DeployedResource } from '../runner-interfaces.ts';
import { StartRefusal } from '../start-refusal.ts';
import type { StackTemplate } from './assembly.ts';
import { findUnknownProperty } from './check-properties.ts';
import { cloudLocation } from './cloud-location.ts';
import { resolveIntrinsics, type TemplateScope } from './intrinsics.ts';
import { asJsonObject } from './json-object.ts';
import { readParameter } from './read-parameter.ts';
import type { ResourceType } from './resource-type.ts';
import { checkSections, type DeclaredResource, declaredResources } from './stack-template.ts';
import { uniqueId } from './unique-id.ts';

/** One stack whose values are worked out when they are asked for, so that stacks may refer to each other. */
export type ResolvedStack = {
  readonly name: string;
  readonly resources: () => readonly DeployedResource[];
  readonly outputNames: readonly string[];
  /** Value of an output; undefined when the stack has none of this name. */
  readonly output: (name: string) => string | undefined;
  /** Value of the output that is exported under a name, for other stacks to import. */
  readonly exported: (exportName: string) => string | undefined;
};

/** The surroundings a stack needs. */
export type StackSurroundings = {
  readonly resourceTypes: ReadonlyMap<string, ResourceType>;
  /** Parameters given at the start, for all stacks that declare them. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Values from other stacks. */
  readonly exported: TemplateScope['exported'];
  readonly stackOutput: TemplateScope['stackOutput'];
};

/** Resolves a stack; refuses by name whatever of it the runner does not know. */
export function resolveStack(stack: StackTemplate, around: StackSurroundings): ResolvedStack {
  const { name, template } = stack;
  checkSections(name, template);
  const declared = new Map(declaredResources(name, template).map((r) => [r.logicalId, r]));
  const deployed = new Map<string, DeployedResource>();
  const pending = new Set<string>();
  const pseudoParameters = pseudoParametersOf(name);

  const condition = (conditionName: string, at: string): boolean => {
    const expression = asJsonObject(template['Conditions'])[conditionName];
    if (expression === undefined) {
      throw malformed(
        `${at} names the condition ${conditionName}, which the template does not define.`,
      );
    }
    return resolveIntrinsics(expression, scope, `${name}/Conditions.${conditionName}`) === true;
  };

  const deploy = (logicalId: string, at: string): DeployedResource => {
    const known = deployed.get(logicalId);
    if (known !== undefined) {
      return known;
    }
    const resource = declared.get(logicalId);
    if (resource === undefined || pending.has(logicalId)) {
      throw malformed(`${at} refers to ${logicalId}, which is ${resource ? 'circular' : 'none'}.`);
    }
    pending.add(logicalId);
    const result = deployResource(name, resource, scope, around.resourceTypes);
    deployed.set(logicalId, result);
    return result;
  };

  const ref = (target: string, at: string): unknown => {
    if (target in pseudoParameters) {
      return pseudoParameters[target];
    }
    const parameter = asJsonObject(template['Parameters'])[target];
    if (parameter !== undefined) {
      return readParameter(parameter, around.parameters[target], `${name}/${target}`);
    }
    return deploy(target, at).ref;
  };

  const scope: TemplateScope = {
    ref,
    condition,
    attribute: (logicalId, attribute, at) => {
      const value = deploy(logicalId, at).attributes[attribute];
      if (value === undefined) {
        throw new StartRefusal(
          'UNKNOWN_ATTRIBUTE',
          `${at} asks for the attribute ${attribute} of ${logicalId}, which the runner does not know.`,
        );
      }
      return value;
    },
    exported: around.exported,
    stackOutput: around.stackOutput,
  };

  const isThere = ({ condition: wanted, logicalId }: DeclaredResource): boolean =>
    wanted === undefined || condition(wanted, `${name}/${logicalId}`);

  const outputs = new Map(
    Object.entries(asJsonObject(template['Outputs']))
      .map(([key, output]) => [key, asJsonObject(output)] as const)
      .filter(([key, { Condition: wanted }]) =>
        wanted === undefined ? true : condition(String(wanted), `${name}/Outputs.${key}`),
      ),
  );
  const resolveInOutput = (key: string, value: unknown): unknown =>
    resolveIntrinsics(value, scope, `${name}/Outputs.${key}`);

  const output = (key: string): string | undefined => {
    const found = outputs.get(key);
    return found && String(resolveInOutput(key, found['Value']));
  };

  return {
    name,
    resources: () =>
      [...declared.values()].filter(isThere).map((r) => deploy(r.logicalId, `${name}`)),
    outputNames: [...outputs.keys()],
    output,
    exported: (exportName) => {
      const found = [...outputs].find(
        ([key, { Export }]) => resolveInOutput(key, asJsonObject(Export)['Name']) === exportName,
      );
      return found && output(found[0]);
    },
  };
}

function pseudoParametersOf(stackName: string): Readonly<Record<string, unknown>> {
  const { account, partition, region, urlSuffix } = cloudLocation;
  return {
    'AWS::AccountId': account,
    'AWS::NoValue': undefined,
    'AWS::Partition': partition,
    'AWS::Region': region,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/${uniqueId(stackName)}`,
    'AWS::StackName': stackName,
    'AWS::URLSuffix': urlSuffix,
  };
}

function deployResource(
  stackName: string,
  resource: DeclaredResource,
  scope: TemplateScope,
  resourceTypes: ReadonlyMap<string, ResourceType>,
): DeployedResource {
  const { logicalId, type } = resource;
  const address = `${stackName}/${logicalId}`;
  const resourceType = resourceTypes.get(type);
  if (resourceType === undefined) {
    throw new StartRefusal(
      'UNKNOWN_RESOURCE_TYPE',
      `${address} is a ${type}, which the runner does not know.`,
    );
  }
  const unknown = findUnknownProperty(resource.properties, resourceType.properties);
  if (unknown !== undefined) {
    throw new StartRefusal(
      'UNKNOWN_PROPERTY',
      `${address} (${type}) has the property ${unknown}, which the runner does not know.`,
    );
  }
  const properties = asJsonObject(
    resolveIntrinsics(resource.properties, scope, `${address}/Properties`),
  );
  const { region, account } = cloudLocation;
  const context = {
    stackName,
    logicalId,
    region,
    account,
    uniqueId: uniqueId(address),
    properties,
  };
  return {
    address,
    type,
    ref: resourceType.ref(context),
    attributes: resourceType.attributes(context),
    properties,
  };
}

function malformed(message: string): StartRefusal {
  return new StartRefusal('MALFORMED_TEMPLATE', message);
}
