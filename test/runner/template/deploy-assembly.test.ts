import { describe, expect, test } from 'vitest';
import { deployAssembly } from '../../../runner/template/deploy-assembly.ts';
import type { JsonObject } from '../../../runner/template/json-object.ts';
import { physicalName, type ResourceType } from '../../../runner/template/resource-type.ts';

const thing: ResourceType = {
  type: 'Test::Thing',
  properties: ['Name', 'Limits.Filters.Pattern', 'Variables'],
  ref: (resource) => physicalName(resource, 'Name'),
  attributes: (resource) => ({ Arn: `arn:${physicalName(resource, 'Name')}` }),
};

const deploy = (
  stacks: Readonly<Record<string, JsonObject>>,
  parameters: Readonly<Record<string, string>> = {},
) =>
  deployAssembly({
    stacks: Object.entries(stacks).map(([name, template]) => ({ name, template })),
    resourceTypes: [thing],
    parameters,
  });

const oneThing = (properties: JsonObject, others: JsonObject = {}) => ({
  Resources: { One: { Type: 'Test::Thing', Properties: properties } },
  ...others,
});

describe('a template', () => {
  test.each([
    ['Ref of a resource', { Ref: 'Two' }, 'second'],
    ['Ref of the region', { Ref: 'AWS::Region' }, 'eu-central-1'],
    ['an attribute', { 'Fn::GetAtt': ['Two', 'Arn'] }, 'arn:second'],
    ['Join', { 'Fn::Join': ['/', ['a', { Ref: 'Two' }, 'b']] }, 'a/second/b'],
    [
      'Sub',
      { 'Fn::Sub': `${'$'}{Two}-${'$'}{Two.Arn}-${'$'}{!Two}` },
      `second-arn:second-${'$'}{Two}`,
    ],
    ['Sub with variables', { 'Fn::Sub': [`${'$'}{x}`, { x: { Ref: 'Two' } }] }, 'second'],
    ['Split and Select', { 'Fn::Select': [1, { 'Fn::Split': ['-', 'a-b-c'] }] }, 'b'],
    ['If', { 'Fn::If': ['Given', 'yes', { Ref: 'AWS::NoValue' }] }, undefined],
    ['Not, And, Or', { 'Fn::If': ['Combined', 'yes', 'no'] }, 'yes'],
  ])('the intrinsic function %s gives what CloudFormation gives', (_name, value, expected) => {
    const template = {
      Parameters: { Choice: { Type: 'String', Default: '' } },
      Conditions: {
        Given: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Choice' }, ''] }] },
        Combined: {
          'Fn::And': [
            { 'Fn::Not': [{ Condition: 'Given' }] },
            { 'Fn::Or': [{ Condition: 'Given' }, { 'Fn::Equals': ['a', 'a'] }] },
          ],
        },
      },
      Resources: {
        One: { Type: 'Test::Thing', Properties: { Variables: { value } } },
        Two: { Type: 'Test::Thing', Properties: { Name: 'second' }, DependsOn: ['One'] },
      },
    };
    const [one] = deploy({ Stack: template }).resources;
    expect(one?.properties['Variables']).toEqual(expected === undefined ? {} : { value: expected });
  });

  test('a parameter given at the start replaces its default', () => {
    const parameters = { Parameters: { ChargerUrl: { Type: 'String', Default: '' } } };
    const template = oneThing({ Name: { Ref: 'ChargerUrl' } }, parameters);
    expect(deploy({ Stack: template }, { ChargerUrl: 'ws://here' }).resources[0]?.ref).toBe(
      'ws://here',
    );
  });

  test('a resource whose condition is false does not exist', () => {
    const resource = { Type: 'Test::Thing', Condition: 'Never', Properties: {} };
    const template = {
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Resources: { One: resource },
    };
    expect(deploy({ Stack: template }).resources).toEqual([]);
  });

  test('one stack imports what another exports', () => {
    const data = oneThing(
      { Name: 'table' },
      { Outputs: { Table: { Value: { Ref: 'One' }, Export: { Name: 'Data:Table' } } } },
    );
    const service = oneThing(
      { Name: { 'Fn::ImportValue': 'Data:Table' } },
      { Outputs: { Url: { Value: { 'Fn::GetAtt': ['One', 'Arn'] } } } },
    );
    const { resources, outputs } = deploy({ Service: service, Data: data });
    expect(resources.map(({ ref }) => ref)).toEqual(['table', 'table']);
    expect(outputs).toEqual({ Url: 'arn:table', Table: 'table' });
  });

  test('a resource without a name gets the same one on every start', () => {
    const first = deploy({ Stack: oneThing({}) }).resources[0]?.ref;
    expect(first).toMatch(/^Stack-One-[a-z0-9]{10}$/);
    expect(deploy({ Stack: oneThing({}) }).resources[0]?.ref).toBe(first);
  });
});

describe('what the runner does not know stops the start by name', () => {
  test.each([
    [
      'resource type',
      { Resources: { One: { Type: 'AWS::New::Thing' } } },
      /Stack\/One.*AWS::New::Thing/,
    ],
    ['property', oneThing({ Colour: 'red' }), /Stack\/One.*property Colour/],
    [
      'nested property',
      oneThing({ Limits: { Filters: [{ Pattern: 'a' }, { Shape: 1 }] } }),
      /Limits\.Filters\.Shape/,
    ],
    [
      'intrinsic',
      oneThing({ Name: { 'Fn::Cidr': [] } }),
      /Stack\/One\/Properties\.Name uses Fn::Cidr/,
    ],
    ['attribute', oneThing({ Name: { 'Fn::GetAtt': ['Two', 'Arn'] } }), /Two, which is none/],
    ['section', { Transform: 'Macro' }, /section Transform of stack Stack/],
    ['rule', { Rules: { Other: {} } }, /rule Other of stack Stack/],
    [
      'resource member',
      { Resources: { One: { Type: 'Test::Thing', UpdatePolicy: {} } } },
      /UpdatePolicy of Stack\/One/,
    ],
    ['import', oneThing({ Name: { 'Fn::ImportValue': 'Nothing' } }), /imports Nothing/],
    ['condition', oneThing({ Name: { 'Fn::If': ['Unknown', 1, 2] } }), /condition Unknown/],
    [
      'parameter',
      oneThing({ Name: { Ref: 'P' } }, { Parameters: { P: { Type: 'String' } } }),
      /parameter Stack\/P/,
    ],
    ['circle', oneThing({ Name: { Ref: 'One' } }), /One, which is circular/],
  ])('a template with a faulty %s stops the start and names it', (_what, template, message) => {
    expect(() => deploy({ Stack: template })).toThrow(message);
  });

  test('values of free form are not inspected', () => {
    const Variables = { Anything: { at: 'all' } };
    expect(deploy({ Stack: oneThing({ Variables }) }).resources[0]?.properties).toEqual({
      Variables,
    });
  });
});
