import { StartRefusal } from '../start-refusal.ts';
import { asJsonObject, isJsonObject } from './json-object.ts';

/** The facts about their stack that intrinsic functions use. */
export type TemplateScope = {
  /** Value of `Ref`: pseudo parameter, parameter or resource; undefined is `AWS::NoValue`. */
  readonly ref: (name: string, at: string) => unknown;
  readonly attribute: (logicalId: string, attribute: string, at: string) => unknown;
  readonly condition: (name: string, at: string) => boolean;
  readonly exported: (name: string, at: string) => unknown;
  readonly stackOutput: (stackName: string, output: string, at: string) => unknown;
};

type Intrinsic = (argument: unknown, scope: TemplateScope, at: string) => unknown;

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, scope, at) => scope.ref(String(name), at),
  'Fn::GetAtt': getAttribute,
  'Fn::Join': join,
  'Fn::Sub': substitute,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::If': choose,
  'Fn::Equals': (pair, scope, at) => {
    const [left, right] = resolveList(pair, scope, at);
    return String(left) === String(right);
  },
  'Fn::Not': (list, scope, at) => !conditions(list, scope, at)[0],
  'Fn::And': (list, scope, at) => conditions(list, scope, at).every(Boolean),
  'Fn::Or': (list, scope, at) => conditions(list, scope, at).some(Boolean),
  'Fn::ImportValue': (name, scope, at) => scope.exported(text(name, scope, at), at),
  'Fn::GetStackOutput': (argument, scope, at) => {
    const { StackName, OutputName } = asJsonObject(argument);
    return scope.stackOutput(text(StackName, scope, at), text(OutputName, scope, at), at);
  },
};

/**
 * The value with every intrinsic function in it replaced by what it gives.
 * `at` names the place for refusals, as in `JoulegateData/State/Properties.TableName`.
 * Refuses with `UNKNOWN_INTRINSIC` a function that the runner does not know.
 */
export function resolveIntrinsics(value: unknown, scope: TemplateScope, at: string): unknown {
  if (Array.isArray(value)) {
    return resolveList(value, scope, at).filter((item) => item !== undefined);
  }
  if (!isJsonObject(value)) {
    return value;
  }
  const name = intrinsicName(value);
  if (name === undefined) {
    return resolveMembers(value, scope, at);
  }
  const intrinsic = intrinsics[name];
  if (intrinsic === undefined) {
    throw new StartRefusal(
      'UNKNOWN_INTRINSIC',
      `${at} uses ${name}, which the runner does not know.`,
    );
  }
  return intrinsic(value[name], scope, at);
}

function intrinsicName(value: object): string | undefined {
  const [name, ...others] = Object.keys(value);
  const intrinsic = name === 'Ref' || name?.startsWith('Fn::');
  return intrinsic && others.length === 0 ? name : undefined;
}

function resolveMembers(value: object, scope: TemplateScope, at: string): object {
  const members = Object.entries(value).map(([key, member]) => [
    key,
    resolveIntrinsics(member, scope, `${at}.${key}`),
  ]);
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
}

function resolveList(value: unknown, scope: TemplateScope, at: string): unknown[] {
  if (!Array.isArray(value)) {
    throw new StartRefusal('MALFORMED_TEMPLATE', `${at} should be a list.`);
  }
  return value.map((item, index) => resolveIntrinsics(item, scope, `${at}[${index}]`));
}

function text(value: unknown, scope: TemplateScope, at: string): string {
  return String(resolveIntrinsics(value, scope, at));
}

function getAttribute(argument: unknown, scope: TemplateScope, at: string): unknown {
  const [logicalId = '', ...path] = Array.isArray(argument)
    ? argument.map(String)
    : String(argument).split('.');
  return scope.attribute(logicalId, path.join('.'), at);
}

function join(argument: unknown, scope: TemplateScope, at: string): string {
  const [delimiter, parts] = resolveList(argument, scope, at);
  return (Array.isArray(parts) ? parts : []).map(String).join(String(delimiter));
}

function split(argument: unknown, scope: TemplateScope, at: string): string[] {
  const [delimiter, whole] = resolveList(argument, scope, at);
  return String(whole).split(String(delimiter));
}

function select(argument: unknown, scope: TemplateScope, at: string): unknown {
  const [index, list] = resolveList(argument, scope, at);
  const chosen: unknown = Array.isArray(list) ? list[Number(index)] : undefined;
  if (chosen === undefined) {
    throw new StartRefusal('MALFORMED_TEMPLATE', `${at} selects an item that does not exist.`);
  }
  return chosen;
}

function choose(argument: unknown, scope: TemplateScope, at: string): unknown {
  const [name, whenTrue, whenFalse] = Array.isArray(argument) ? argument : [];
  const chosen: unknown = scope.condition(String(name), at) ? whenTrue : whenFalse;
  return resolveIntrinsics(chosen, scope, at);
}

/** The members of `Fn::And`, `Fn::Or` and `Fn::Not`: functions, or names as `{Condition: name}`. */
function conditions(argument: unknown, scope: TemplateScope, at: string): boolean[] {
  return (Array.isArray(argument) ? argument : [argument]).map((member: unknown) => {
    const named = asJsonObject(member)['Condition'];
    return typeof named === 'string'
      ? scope.condition(named, at)
      : resolveIntrinsics(member, scope, at) === true;
  });
}

function substitute(argument: unknown, scope: TemplateScope, at: string): string {
  const [pattern, variables] = Array.isArray(argument) ? argument : [argument, {}];
  const given = asJsonObject(resolveMembers(asJsonObject(variables), scope, at));
  return String(pattern).replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
    if (literal !== '') {
      return `\${${name}}`;
    }
    if (name in given) {
      return String(given[name]);
    }
    return String(name.includes('.') ? getAttribute(name, scope, at) : scope.ref(name, at));
  });
}
