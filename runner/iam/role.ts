import type { DeployedResource, Deployment } from '../runner-interfaces.ts';
import { StartRefusal } from '../start-refusal.ts';
import { asJsonObject, asList, asStrings } from '../template/json-object.ts';
import { managedPolicies } from './managed-policies.ts';
import { readStatements, type Statement } from './statement.ts';

/** A role of the deployment with the statements of all its policies. */
export type Role = {
  readonly address: string;
  readonly name: string;
  readonly arn: string;
  readonly statements: readonly Statement[];
  /** Services that may take on the role, as in `lambda.amazonaws.com`. */
  readonly trustedServices: readonly string[];
};

/** All roles of the deployment; refuses by name whatever of their policies is not enforced here. */
export function readRoles(deployment: Deployment): readonly Role[] {
  const policies = deployment.resources.filter(({ type }) => type === 'AWS::IAM::Policy');
  return deployment.resources
    .filter(({ type }) => type === 'AWS::IAM::Role')
    .map((role) => ({
      address: role.address,
      name: role.ref,
      arn: role.attributes['Arn'] ?? '',
      statements: [
        ...managedStatements(role),
        ...inlineStatements(role),
        ...policies
          .filter(({ properties }) => asStrings(properties['Roles']).includes(role.ref))
          .flatMap(({ properties, address }) =>
            readStatements(properties['PolicyDocument'], address),
          ),
      ],
      trustedServices: trustedServicesOf(role),
    }));
}

function inlineStatements({ properties, address }: DeployedResource): readonly Statement[] {
  return asList(properties['Policies']).flatMap((policy) =>
    readStatements(asJsonObject(policy)['PolicyDocument'], address),
  );
}

function managedStatements({ properties, address }: DeployedResource): readonly Statement[] {
  return asStrings(properties['ManagedPolicyArns']).flatMap((arn) => {
    const document = managedPolicies[arn];
    if (document === undefined) {
      throw new StartRefusal(
        'UNKNOWN_MANAGED_POLICY',
        `${address} has the managed policy ${arn}, which the runner does not know.`,
      );
    }
    return readStatements(document, address);
  });
}

function trustedServicesOf({ properties }: DeployedResource): readonly string[] {
  const document = asJsonObject(properties['AssumeRolePolicyDocument']);
  return asList(document['Statement'])
    .map(asJsonObject)
    .filter((statement) => asStrings(statement['Action']).includes('sts:AssumeRole'))
    .flatMap((statement) => asStrings(asJsonObject(statement['Principal'])['Service']));
}
