import { join } from 'node:path';
import type { Role } from '../iam/role.ts';
import type { DeployedResource } from '../runner-interfaces.ts';
import { StartRefusal } from '../start-refusal.ts';
import type { Assembly } from '../template/assembly.ts';
import { asJsonObject, type JsonObject } from '../template/json-object.ts';

/** A function as the template defines it. */
export type FunctionSettings = {
  readonly address: string;
  readonly name: string;
  readonly arn: string;
  readonly role: Role;
  readonly modulePath: string;
  readonly exportName: string;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  /** At most so many events at a time; undefined when the function has no share of its own. */
  readonly reservedConcurrency: number | undefined;
  /** Name of the log group, `/aws/lambda/…` unless the template gives another. */
  readonly logGroupName: string;
  readonly environment: Readonly<Record<string, string>>;
};

/** Reads a `AWS::Lambda::Function`; refuses by name what cannot be run here. */
export function readFunctionSettings(
  resource: DeployedResource,
  assembly: Assembly,
  roles: readonly Role[],
): FunctionSettings {
  const { address, properties, ref: name } = resource;
  const { file, exportName } = handlerOf(resource);
  const logging = asJsonObject(properties['LoggingConfig']);
  const settings = {
    address,
    name,
    arn: resource.attributes['Arn'] ?? '',
    role: roleOf(resource, roles),
    modulePath: join(assetFolder(resource, assembly), file),
    exportName,
    memoryMegabytes: Number(properties['MemorySize'] ?? 128),
    timeoutSeconds: Number(properties['Timeout'] ?? 3),
    reservedConcurrency: optionalNumber(properties['ReservedConcurrentExecutions']),
    logGroupName: String(logging['LogGroup'] ?? `/aws/lambda/${name}`),
  };
  return { ...settings, environment: environmentOf(settings, properties) };
}

function handlerOf({ address, properties }: DeployedResource): {
  file: string;
  exportName: string;
} {
  if (!String(properties['Runtime']).startsWith('nodejs')) {
    throw refusal(
      `${address} has the runtime ${properties['Runtime']}; the runner only runs Node.js.`,
    );
  }
  const [, module, exportName] = /^(.+)\.([^.]+)$/.exec(String(properties['Handler'])) ?? [];
  if (module === undefined || exportName === undefined) {
    throw refusal(`${address} has the handler ${properties['Handler']}, which names no export.`);
  }
  return { file: `${module}.mjs`, exportName };
}

function assetFolder({ address, properties }: DeployedResource, assembly: Assembly): string {
  const key = String(asJsonObject(properties['Code'])['S3Key']);
  const folder = assembly.assetFolders[key];
  if (folder === undefined) {
    throw refusal(`${address} has the code ${key}, which was not synthesized.`);
  }
  return folder;
}

function roleOf({ address, properties }: DeployedResource, roles: readonly Role[]): Role {
  const role = roles.find(({ arn }) => arn === properties['Role']);
  if (role === undefined || !role.trustedServices.includes('lambda.amazonaws.com')) {
    throw refusal(`${address} has the role ${properties['Role']}, which Lambda cannot assume.`);
  }
  return role;
}

function environmentOf(
  settings: Omit<FunctionSettings, 'environment'>,
  properties: JsonObject,
): Record<string, string> {
  const logging = asJsonObject(properties['LoggingConfig']);
  const variables = asJsonObject(asJsonObject(properties['Environment'])['Variables']);
  const given = Object.entries(variables).map(([name, value]) => [name, String(value)]);
  return {
    ...Object.fromEntries(given),
    AWS_EXECUTION_ENV: `AWS_Lambda_${properties['Runtime']}`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMegabytes),
    AWS_LAMBDA_FUNCTION_NAME: settings.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: String(logging['LogFormat'] ?? 'Text'),
    AWS_LAMBDA_LOG_GROUP_NAME: settings.logGroupName,
    ...(logging['ApplicationLogLevel'] !== undefined && {
      AWS_LAMBDA_LOG_LEVEL: String(logging['ApplicationLogLevel']),
    }),
    TZ: 'UTC',
    _HANDLER: String(properties['Handler']),
  };
}

function optionalNumber(value: unknown): number | undefined {
  return value === undefined ? undefined : Number(value);
}

function refusal(message: string): StartRefusal {
  return new StartRefusal('FUNCTION_UNUSABLE', message);
}
