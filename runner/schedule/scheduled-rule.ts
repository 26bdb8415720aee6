import { unsupportedValue } from '../gateway/unsupported-value.ts';
import type { DeployedResource, Deployment } from '../runner-interfaces.ts';
import { StartRefusal } from '../start-refusal.ts';
import { asJsonObject, asList } from '../template/json-object.ts';
import { parseRate } from './parse-rate.ts';

/** Whom a rule calls. */
export type ScheduledTarget = {
  readonly functionArn: string;
  /** The event to hand over, where the rule has one of its own. */
  readonly input?: unknown;
  /** Queue that gets what could not be handed over. */
  readonly deadLetterArn?: string;
};

/** A rule that calls functions by the clock. */
export type ScheduledRule = {
  readonly arn: string;
  readonly everyMilliseconds: number;
  readonly targets: readonly ScheduledTarget[];
};

/**
 * The rules of a deployment that are enabled. Refuses with `UNSUPPORTED_VALUE` a schedule that is not a rate, and with
 * `FUNCTION_UNKNOWN` a target that is not a function of the template.
 */
export function scheduledRulesOf(deployment: Deployment): readonly ScheduledRule[] {
  return deployment.resources
    .filter(({ type }) => type === 'AWS::Events::Rule')
    .filter(({ properties }) => properties['State'] !== 'DISABLED')
    .map((rule) => readRule(rule, deployment));
}

function readRule(rule: DeployedResource, deployment: Deployment): ScheduledRule {
  const { address, attributes, properties } = rule;
  const expression = properties['ScheduleExpression'];
  const everyMilliseconds = parseRate(String(expression));
  if (everyMilliseconds === undefined) {
    throw unsupportedValue(address, 'ScheduleExpression', expression);
  }
  return {
    arn: attributes['Arn'] ?? '',
    everyMilliseconds,
    targets: asList(properties['Targets']).map((target) => readTarget(address, target, deployment)),
  };
}

function readTarget(address: string, given: unknown, deployment: Deployment): ScheduledTarget {
  const target = asJsonObject(given);
  const functionArn = String(target['Arn']);
  const isKnown = deployment.resources.some(
    ({ type, attributes }) => type === 'AWS::Lambda::Function' && attributes['Arn'] === functionArn,
  );
  if (!isKnown) {
    throw new StartRefusal(
      'FUNCTION_UNKNOWN',
      `${address} calls ${functionArn}, which is not a function of the template.`,
    );
  }
  const deadLetterArn = asJsonObject(target['DeadLetterConfig'])['Arn'];
  const input = target['Input'];
  return {
    functionArn,
    ...(typeof input === 'string' ? { input: JSON.parse(input) } : {}),
    ...(typeof deadLetterArn === 'string' ? { deadLetterArn } : {}),
  };
}
