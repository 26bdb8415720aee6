import { StartRefusal } from '../start-refusal.ts';
import { asJsonObject, asList, asStrings, type JsonObject } from '../template/json-object.ts';
import { type Condition, readCondition } from './condition.ts';
import { arnWildcard, wildcard } from './wildcard.ts';

/** An action as a policy writes it, as in `dynamodb:PutItem` or `dynamodb:*Item`. */
type ActionPattern = {
  readonly pattern: string;
  readonly matches: (action: string) => boolean;
};

/** One statement of a policy of a role. */
export type Statement = {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly ActionPattern[];
  /** ARN patterns, as the policy writes them. */
  readonly resources: readonly string[];
  /** True if the statement speaks of a resource, by ARN. */
  readonly coversResource: (arn: string) => boolean;
  readonly condition: Condition;
  /** The keys that the condition asks for. */
  readonly conditionKeys: readonly string[];
};

const knownMembers = new Set(['Sid', 'Effect', 'Action', 'Resource', 'Condition']);

/**
 * Reads a policy document; `at` names its place.
 * Refuses with `UNKNOWN_POLICY_ELEMENT` what the runner does not enforce, as in `NotAction`.
 */
export function readStatements(document: unknown, at: string): readonly Statement[] {
  return asList(asJsonObject(document)['Statement']).map((item) => {
    const statement = asJsonObject(item);
    const unknown = Object.keys(statement).find((member) => !knownMembers.has(member));
    if (unknown !== undefined) {
      throw new StartRefusal(
        'UNKNOWN_POLICY_ELEMENT',
        `${at} has a statement with ${unknown}, which the runner does not know.`,
      );
    }
    return readStatement(statement, at);
  });
}

function readStatement(statement: JsonObject, at: string): Statement {
  const resources = asStrings(statement['Resource']);
  const expressions = resources.map(arnWildcard);
  return {
    effect: statement['Effect'] === 'Deny' ? 'Deny' : 'Allow',
    actions: asStrings(statement['Action']).map((pattern) => {
      const expression = wildcard(pattern, 'i');
      return { pattern, matches: (action) => expression.test(action) };
    }),
    resources,
    coversResource: (arn) => expressions.some((expression) => expression.test(arn)),
    condition: readCondition(statement['Condition'], at),
    conditionKeys: Object.values(asJsonObject(statement['Condition'])).flatMap((keys) =>
      Object.keys(asJsonObject(keys)),
    ),
  };
}
