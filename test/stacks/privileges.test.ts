import { describe, expect, it } from 'vitest';
import { cdrItemKey, heldKey } from '../../lambdas/store/table/keys.ts';
import { makeApp, resourcesOf, type TestResource, wholeTemplate } from './synthesize.ts';

type Statement = {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Effect: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
};

const template = wholeTemplate(makeApp());
const roles = resourcesOf(template, 'AWS::IAM::Role');
const ofFunctions = roles.filter((role) => 'Policies' in role.Properties);

describe('the role of a function', () => {
  it('every function has a role of its own', () => {
    const functions = resourcesOf(template, 'AWS::Lambda::Function');
    const used = functions.map((each) => JSON.stringify(each.Properties['Role']));

    expect(new Set(used).size).toBe(functions.length);
    expect(ofFunctions).toHaveLength(functions.length);
  });

  it('the role of a function contains all its permissions and no AWS managed policy', () => {
    expect(Object.keys(template.findResources('AWS::IAM::Policy'))).toEqual([]);
    for (const role of ofFunctions) {
      expect(role.Properties).not.toHaveProperty('ManagedPolicyArns');
    }
  });

  it.each(ofFunctions.map((role) => [role.id, role] as const))(
    'the role %s only allows named actions on named resources',
    (_, role) => {
      for (const statement of statementsOf(role)) {
        expect(statement.Effect).toBe('Allow');
        for (const action of [statement.Action].flat()) {
          expect(action).not.toContain('*');
        }
        for (const resource of [statement.Resource].flat()) {
          expect(resource).not.toBe('*');
        }
      }
    },
  );

  it('a wildcard in a resource only occurs for connections, whose ids are assigned by API Gateway', () => {
    const wild = ofFunctions.filter((role) =>
      statementsOf(role).some(({ Action, Resource }) =>
        JSON.stringify([Action, Resource]).includes('*'),
      ),
    );

    expect(wild.map((role) => role.id).toSorted()).toEqual([
      expect.stringMatching(/^ChargerEdgeConnectRole/),
      expect.stringMatching(/^ChargerEdgeMessageRole/),
      expect.stringMatching(/^OperatorApiAnswersRole/),
    ]);
  });
});

describe('the operator API', () => {
  const [api] = ofFunctions.filter((role) => /^OperatorApiAnswersRole/.test(role.id));
  const writes = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'];
  const partitionsOf = (action: string): readonly string[] =>
    statementsOf(api as TestResource)
      .filter((each) => [each.Action].flat().includes(action))
      .flatMap(
        ({ Condition }) =>
          Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? ['*'],
      );
  const fits = (pattern: string, partition: string): boolean =>
    pattern === '*' || partition.startsWith(pattern.slice(0, -1));

  it('the operator API can neither write into the partitions of sealed CDRs nor delete a session with its held CDR', () => {
    const sealed = cdrItemKey('cp-1', 1).pk;
    const held = heldKey('ses_1').pk;

    for (const action of writes) {
      expect(partitionsOf(action)).not.toEqual([]);
      expect(partitionsOf(action).filter((pattern) => fits(pattern, sealed))).toEqual([]);
    }
    expect(partitionsOf('dynamodb:DeleteItem').filter((one) => fits(one, held))).toEqual([]);
    expect(partitionsOf('dynamodb:UpdateItem').filter((one) => fits(one, held))).not.toEqual([]);
  });
});

describe('the signing key', () => {
  it('only the functions that seal CDRs may use the signing key', () => {
    const signing = ofFunctions.filter((role) =>
      statementsOf(role).some((each) => [each.Action].flat().includes('kms:Sign')),
    );

    expect(signing.map((role) => role.id).toSorted()).toEqual([
      expect.stringMatching(/^BillingCdrStepRole/),
      expect.stringMatching(/^BillingLateReadingsStepRole/),
    ]);
  });
});

describe('readings', () => {
  it('no function may change or delete readings', () => {
    for (const role of ofFunctions) {
      for (const statement of statementsOf(role)) {
        if (JSON.stringify(statement.Resource).includes('ReadingsTable')) {
          expect([statement.Action].flat()).not.toContain('dynamodb:UpdateItem');
          expect([statement.Action].flat()).not.toContain('dynamodb:DeleteItem');
        }
      }
    }
  });
});

function statementsOf(role: TestResource): Statement[] {
  const policies = role.Properties['Policies'] as { PolicyDocument: { Statement: Statement[] } }[];
  return policies.flatMap((policy) => policy.PolicyDocument.Statement);
}
