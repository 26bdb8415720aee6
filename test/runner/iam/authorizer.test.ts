import { describe, expect, test } from 'vitest';
import { createAuthorizer } from '../../../runner/iam/authorizer.ts';
import { readRoles } from '../../../runner/iam/role.ts';
import type { DeployedResource } from '../../../runner/runner-interfaces.ts';
import type { JsonObject } from '../../../runner/template/json-object.ts';

const table = 'arn:aws:dynamodb:eu-central-1:000000000000:table/state';

const role = (properties: JsonObject): DeployedResource => ({
  address: 'Stack/Role',
  type: 'AWS::IAM::Role',
  ref: 'message-role',
  attributes: { Arn: 'arn:aws:iam::000000000000:role/message-role' },
  properties: { AssumeRolePolicyDocument: {}, ...properties },
});

const policy = (...statements: readonly JsonObject[]): DeployedResource => ({
  address: 'Stack/Policy',
  type: 'AWS::IAM::Policy',
  ref: 'policy',
  attributes: {},
  properties: { Roles: ['message-role'], PolicyDocument: { Statement: statements } },
});

const authorizerWith = (...resources: readonly DeployedResource[]) => {
  const [first] = readRoles({ resources, outputs: {} });
  if (first === undefined) {
    throw new Error('no role');
  }
  return createAuthorizer(new Map([['KEY', { role: first, sessionName: 'message' }]]));
};

const allowing = (Action: unknown, Resource: unknown, others: JsonObject = {}) =>
  authorizerWith(role({}), policy({ Effect: 'Allow', Action, Resource, ...others }));

describe('a role', () => {
  test('a role may do what a policy allows and nothing else, with the error text of AWS', () => {
    const { authorize } = allowing('dynamodb:PutItem', table);
    expect(authorize('KEY', 'dynamodb:PutItem', table)).toEqual({ allowed: true });
    expect(authorize('KEY', 'dynamodb:DeleteItem', table)).toEqual({
      allowed: false,
      message:
        'User: arn:aws:sts::000000000000:assumed-role/message-role/message is not authorized to perform: dynamodb:DeleteItem on resource: arn:aws:dynamodb:eu-central-1:000000000000:table/state because no identity-based policy allows the dynamodb:DeleteItem action',
    });
    expect(authorize('KEY', 'dynamodb:PutItem', `${table}/index/listing`).allowed).toBe(false);
  });

  test('a role gets the same answer to the same question, and no other caller or resource gets it', () => {
    const { authorize, usedActions } = allowing('dynamodb:PutItem', table);
    const ask = (resource: string) => authorize('KEY', 'dynamodb:PutItem', resource);

    expect([ask(table), ask(`${table}2`), ask(table), ask(`${table}2`)]).toMatchObject([
      { allowed: true },
      { allowed: false },
      { allowed: true },
      { allowed: false },
    ]);
    expect(ask(`${table}2`)).toEqual(ask(`${table}2`));
    expect(authorize('ADMINISTRATOR', 'dynamodb:PutItem', `${table}2`)).toEqual({ allowed: true });
    expect(usedActions()).toEqual([
      { role: 'Stack/Role', action: 'dynamodb:PutItem', resources: [table] },
    ]);
  });

  test('a role is refused by a Deny, whatever else allows it', () => {
    const { authorize } = authorizerWith(
      role({}),
      policy(
        { Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' },
        { Effect: 'Deny', Action: 'dynamodb:Delete*', Resource: '*' },
      ),
    );
    expect(authorize('KEY', 'dynamodb:GetItem', table).allowed).toBe(true);
    expect(authorize('KEY', 'dynamodb:DeleteItem', table)).toMatchObject({
      message: expect.stringMatching(/with an explicit deny in an identity-based policy$/),
    });
  });

  test.each([
    ['dynamodb:*Item', table, 'dynamodb:GetItem', table, true],
    ['dynamodb:?etItem', table, 'dynamodb:GetItem', table, true],
    ['DYNAMODB:getitem', table, 'dynamodb:GetItem', table, true],
    ['dynamodb:GetItem', `${table}/index/*`, 'dynamodb:GetItem', `${table}/index/a`, true],
    ['dynamodb:GetItem', 'arn:aws:*:table/state', 'dynamodb:GetItem', table, false],
    ['dynamodb:GetItem', 'arn:aws:dynamodb:*:*:table/state', 'dynamodb:GetItem', table, true],
    ['dynamodb.GetItem', table, 'dynamodb:GetItem', table, false],
  ])(
    'a role granted %s on %s that asks for %s on %s gets the answer of AWS',
    (granted, resource, action, arn, allowed) => {
      expect(allowing(granted, resource).authorize('KEY', action, arn).allowed).toBe(allowed);
    },
  );

  test('a role is bound by conditions', () => {
    const secure = { Condition: { Bool: { 'aws:SecureTransport': 'true' } } };
    const elsewhere = { Condition: { StringEquals: { 'aws:RequestedRegion': ['us-east-1'] } } };
    const unknown = { Condition: { StringLike: { 'aws:username': '*' } } };
    const verdict = (condition: JsonObject) =>
      allowing('a:B', '*', condition).authorize('KEY', 'a:B', table).allowed;
    expect([secure, elsewhere, unknown].map(verdict)).toEqual([true, false, false]);
  });

  test('a role may only access the partitions that a condition on leading keys names, for all keys of a request', () => {
    const LeadingKeys = { 'dynamodb:LeadingKeys': ['TOKEN#*', 'TARIFF#*'] };
    const { authorize } = allowing('dynamodb:DeleteItem', table, {
      Condition: { 'ForAllValues:StringLike': LeadingKeys },
    });
    const verdict = (...keys: readonly string[]) =>
      authorize('KEY', 'dynamodb:DeleteItem', table, keys).allowed;

    expect([verdict('TOKEN#a'), verdict('TOKEN#a', 'TARIFF#b'), verdict()]).toEqual([
      true,
      true,
      true,
    ]);
    expect([verdict('CHAIN#a'), verdict('TOKEN#a', 'CHAIN#a'), verdict('token#a')]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('a role is asked for leading keys where a statement about the same action and table wants them, and nowhere else', () => {
    const LeadingKeys = { 'dynamodb:LeadingKeys': ['TOKEN#*'] };
    const { authorize } = authorizerWith(
      role({}),
      policy(
        {
          Effect: 'Allow',
          Action: 'dynamodb:Delete*',
          Resource: table,
          Condition: { 'ForAllValues:StringLike': LeadingKeys },
        },
        { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: [table, `${table}2`] },
        { Effect: 'Allow', Action: 'dynamodb:DeleteItem', Resource: `${table}2` },
      ),
    );
    const verdict = (action: string, resource: string, key: string) =>
      authorize('KEY', `dynamodb:${action}`, resource, [key]).allowed;

    expect(verdict('DeleteItem', table, 'TOKEN#a')).toBe(true);
    expect(verdict('DeleteItem', table, 'CHAIN#a')).toBe(false);
    expect(verdict('DeleteItem', `${table}2`, 'CHAIN#a')).toBe(true);
    expect(verdict('PutItem', table, 'CHAIN#a')).toBe(true);
    expect(verdict('DeleteItem', table, 'CHAIN#b')).toBe(false);
  });

  test('a role has its inline and its managed policies', () => {
    const inline = {
      PolicyName: 'log',
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'a:B', Resource: '*' }] },
    };
    const arn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
    const { authorize } = authorizerWith(role({ Policies: [inline], ManagedPolicyArns: [arn] }));
    expect(authorize('KEY', 'a:B', table).allowed).toBe(true);
    expect(authorize('KEY', 'logs:PutLogEvents', table).allowed).toBe(true);
  });

  test('a role reports its permissions and the used ones', () => {
    const authorizer = allowing(['a:Read', 'a:Write'], [table]);
    authorizer.authorize('KEY', 'a:Read', table);
    authorizer.authorize('KEY', 'a:Other', table);
    const grant = (action: string) => ({ role: 'Stack/Role', action, resources: [table] });
    expect(authorizer.grantedActions()).toEqual([grant('a:Read'), grant('a:Write')]);
    expect(authorizer.usedActions()).toEqual([grant('a:Read')]);
  });

  test('an access key that belongs to no function is an administrator', () => {
    expect(allowing('a:B', '*').authorize('AKIAME', 'c:D', table)).toEqual({ allowed: true });
  });
});

describe('what is not enforced stops the start by name', () => {
  test.each([
    [
      'NotAction',
      policy({ Effect: 'Allow', NotAction: 'a:B', Resource: '*' }),
      /Stack\/Policy.*NotAction/,
    ],
    [
      'a condition operator',
      policy({ Effect: 'Allow', Action: 'a:B', Resource: '*', Condition: { DateLessThan: {} } }),
      /DateLessThan/,
    ],
  ])(
    'the unsupported policy element %s stops the start and is named',
    (_what, resource, message) => {
      expect(() => authorizerWith(role({}), resource)).toThrow(message);
    },
  );

  test('an unsupported managed policy stops the start and is named', () => {
    const arn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    expect(() => authorizerWith(role({ ManagedPolicyArns: [arn] }))).toThrow(arn);
  });
});
