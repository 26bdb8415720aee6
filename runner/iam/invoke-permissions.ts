import type { Deployment, MayInvoke } from '../runner-interfaces.ts';
import { arnWildcard } from './wildcard.ts';

/** Services that call functions, by the service in the ARN of what they call for. */
const principals: Readonly<Record<string, string>> = {
  'execute-api': 'apigateway.amazonaws.com',
  events: 'events.amazonaws.com',
  logs: 'logs.amazonaws.com',
};

/** Enforces the resource policies (`AWS::Lambda::Permission`) of the functions of the deployment. */
export function createInvokePermissions(deployment: Deployment): MayInvoke {
  const permissions = deployment.resources
    .filter(({ type }) => type === 'AWS::Lambda::Permission')
    .map(({ properties }) => ({
      action: String(properties['Action']),
      functionName: String(properties['FunctionName']),
      principal: String(properties['Principal']),
      source: arnWildcard(String(properties['SourceArn'] ?? '*')),
    }));
  return (functionArn, sourceArn) => {
    const principal = principals[sourceArn.split(':')[2] ?? ''];
    return permissions.some(
      (permission) =>
        permission.action === 'lambda:InvokeFunction' &&
        permission.principal === principal &&
        (permission.functionName === functionArn ||
          functionArn.endsWith(`:function:${permission.functionName}`)) &&
        permission.source.test(sourceArn),
    );
  };
}
