import { describe, expect, it } from 'vitest';
import { cdrItemKey } from '../../lambdas/store/table/keys/cdr-keys.ts';
import { heldKey } from '../../lambdas/store/table/keys/session-keys.ts';
import { resourcesOf, type TestResource, templateOf } from './synthesize.ts';

type Statement = {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Effect: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
};

const template = templateOf();
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
});

describe('a wildcard', () => {
  it('a wildcard is granted in exactly these statements of all stacks', () => {
    const wild = Object.entries(template.toJSON()['Resources'] as Record<string, unknown>)
      .flatMap(([id, resource]) =>
        policyStatements(resource)
          .filter(({ Effect }) => Effect !== 'Deny')
          .flatMap(wildcardsOf)
          .map((grant) => `${id} ${grant}`),
      )
      .toSorted();
    const keys = resourcesOf(template, 'AWS::KMS::Key');
    const connections = (method: string, stage = 'ocpp') =>
      `Allow execute-api:ManageConnections Resource …/${stage}/${method}/@connections/*`;

    expect(wild).toEqual(
      [
        `${roleOf('ChargerEdgeConnect')} ${connections('DELETE')}`,
        `${roleOf('ChargerEdgeMessage')} ${connections('DELETE')}`,
        `${roleOf('ChargerEdgeMessage')} ${connections('POST')}`,
        `${roleOf('ChargerEdgeSenderStep')} ${connections('POST')}`,
        `${roleOf('OperatorApiAnswers')} ${connections('DELETE')}`,
        `${roleOf('OperatorApiAnswers')} ${connections('GET')}`,
        `${roleOf('EventsWebhooksStep')} ${connections('POST', 'feed')}`,
        `${roleOf('EventsWebhooksStep')} ${connections('DELETE', 'feed')}`,
        `${roleOf('OperatorApiAnswers')} Allow s3:GetObject Resource …/logs/*`,
        `${roleOf('OperatorApiFiles')} Allow s3:PutObject Resource …/logs/*`,
        `${roleOf('OperatorApiFiles')} Allow s3:GetObject Resource …/firmware/*`,
        `${roleOf('OperatorApiAnswers')} Allow ["s3:PutObject","s3:GetObject","s3:DeleteObject"] Resource …/firmware/*`,
        // The policy of a key speaks of that key alone, and hands it over to the IAM of the account.
        ...keys.flatMap(({ id }) => [
          `${id} Allow kms:* Action kms:*`,
          `${id} Allow kms:* Resource *`,
        ]),
      ].toSorted(),
    );
  });

  it('a permission to invoke a function names a service and an API, never everybody', () => {
    for (const { Properties } of resourcesOf(template, 'AWS::Lambda::Permission')) {
      expect(Properties['Principal']).toMatch(/^(apigateway|events)\.amazonaws\.com$/);
      expect(Properties['SourceArn']).toBeDefined();
    }
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

describe('the secrets of webhooks and partners', () => {
  it('only the functions that show or sign with a secret of a webhook, or call partners, may derive it', () => {
    const deriving = ofFunctions.filter((role) =>
      statementsOf(role).some((each) => [each.Action].flat().includes('kms:GenerateMac')),
    );

    expect(deriving.map((role) => role.id).toSorted()).toEqual([
      expect.stringMatching(/^ChargerEdgeMessageRole/),
      expect.stringMatching(/^EventsPartnersStepRole/),
      expect.stringMatching(/^EventsWebhooksStepRole/),
      expect.stringMatching(/^OperatorApiAnswersRole/),
      expect.stringMatching(/^OperatorApiPartnersRole/),
    ]);
  });
});

describe('the public keys', () => {
  it('the operator API may read the public half of every signing key, and do nothing else with any', () => {
    const replaced = templateOf({ cdrKeyReplacedAt: ['2027-01-01T00:00:00Z'] });
    const all = resourcesOf(replaced, 'AWS::KMS::Key');
    const keys = all
      .filter(({ Properties }) => Properties['KeyUsage'] === 'SIGN_VERIFY')
      .map(({ id }) => id);
    const [role] = resourcesOf(replaced, 'AWS::IAM::Role').filter(({ id }) =>
      /^OperatorApiAnswersRole/.test(id),
    );
    const onKeys = statementsOf(role as TestResource)
      .filter((each) => JSON.stringify(each.Action).includes('kms:'))
      .filter(({ Resource }) => keys.some((id) => JSON.stringify(Resource).includes(`"${id}"`)))
      .map(({ Action, Resource }) => [Action, Resource]);

    expect(keys).toHaveLength(2);
    expect(onKeys).toEqual(keys.map((id) => ['kms:GetPublicKey', { 'Fn::GetAtt': [id, 'Arn'] }]));
  });

  it('those who seal use the latest key alone', () => {
    const replaced = templateOf({ cdrKeyReplacedAt: ['2027-01-01T00:00:00Z'] });
    const sealing = resourcesOf(replaced, 'AWS::IAM::Role').filter((role) =>
      JSON.stringify(role).includes('kms:Sign'),
    );

    expect(sealing).toHaveLength(2);
    for (const role of sealing) expect(JSON.stringify(role)).not.toMatch(/CdrKeyKey(?!2)/);
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

type AnyStatement = Readonly<Record<string, unknown>>;

/** Every policy statement within a resource: of roles, queues, keys, topics and whatever else has any. */
function policyStatements(value: unknown): AnyStatement[] {
  if (Array.isArray(value)) return value.flatMap(policyStatements);
  if (typeof value !== 'object' || value === null) return [];
  const isStatement = 'Effect' in value;
  return isStatement ? [value as AnyStatement] : Object.values(value).flatMap(policyStatements);
}

/** The open parts of a statement: any member with a `*` but its conditions, and all that is said by exclusion. */
function wildcardsOf(statement: AnyStatement): string[] {
  const { Effect, Action, NotAction } = statement;
  const members = ['Action', 'NotAction', 'Resource', 'NotResource', 'Principal', 'NotPrincipal'];
  return members
    .filter((member) => member in statement)
    .filter((member) => member.startsWith('Not') || textOf(statement[member]).includes('*'))
    .map(
      (member) => `${Effect} ${textOf(Action ?? NotAction)} ${member} ${lastOf(statement[member])}`,
    );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function lastOf(value: unknown): string {
  return textOf(value).replace(/^.*(\/(?:ocpp|feed|logs|firmware)\/.*\*).*$/, '…$1');
}

function roleOf(name: string): string {
  return ofFunctions.find(({ id }) => id.startsWith(`${name}Role`))?.id ?? `no role of ${name}`;
}
