import type { Caller } from '../iam/authorizer.ts';
import { uniqueId } from '../template/unique-id.ts';
import type { FunctionSettings } from './function-settings.ts';

/** The access key of a function: each has its own, so that every call shows which role makes it. */
export function accessKeyOfFunction(functionArn: string): string {
  return `ASIA${uniqueId(functionArn).toUpperCase()}${uniqueId(`${functionArn} key`).slice(0, 6).toUpperCase()}`;
}

/** Who calls under which access key. */
export function callersOf(functions: readonly FunctionSettings[]): ReadonlyMap<string, Caller> {
  return new Map(
    functions.map(({ arn, role, name }) => [accessKeyOfFunction(arn), { role, sessionName: name }]),
  );
}

/** The secret access key of every function: who calls is known by the access key, and only S3 checks signatures here. */
export const functionSecretKey = 'local';
