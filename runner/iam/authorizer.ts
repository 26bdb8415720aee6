import type { Authorize, Verdict } from '../runner-interfaces.ts';
import { cloudLocation } from '../template/cloud-location.ts';
import type { RequestValues } from './condition.ts';
import type { Role } from './role.ts';
import type { Statement } from './statement.ts';

/** The owner of an access key: a role, assumed under the name of a function. */
export type Caller = { readonly role: Role; readonly sessionName: string };

/** An action as a statement of a role allows it, for comparing what is granted with what is used. */
export type RoleAction = {
  /** Address of the role. */
  readonly role: string;
  /** As the policy writes it, as in `dynamodb:PutItem`. */
  readonly action: string;
  /** The resources the statement allows it on. */
  readonly resources: readonly string[];
};

/** Enforces the policies of roles, and remembers which of their actions were used. */
export type Authorizer = {
  readonly authorize: Authorize;
  /** Every action that some statement of a role allows. */
  readonly grantedActions: () => readonly RoleAction[];
  /** Those of them that have allowed something so far. */
  readonly usedActions: () => readonly RoleAction[];
};

/** Values that hold for every call here: conditions may ask for them. */
const requestValues = {
  'aws:PrincipalAccount': cloudLocation.account,
  'aws:RequestedRegion': cloudLocation.region,
  'aws:SecureTransport': 'true',
  'aws:SourceAccount': cloudLocation.account,
} as const;

const leadingKeysName = 'dynamodb:LeadingKeys';

/** Policies do not change while the stack runs, and the same is asked again and again. */
const mostRemembered = 10_000;

function remember<T>(answers: Map<string, T>, question: string, answer: T): void {
  if (answers.size >= mostRemembered) answers.clear();
  answers.set(question, answer);
}

/** An authorizer for the callers behind these access keys; other keys are an administrator's, who may do anything. */
export function createAuthorizer(callers: ReadonlyMap<string, Caller>): Authorizer {
  const used = new Map<string, RoleAction>();
  const remembered = new Map<string, Verdict>();
  const minding = new Map<string, boolean>();
  const roles = [...new Set([...callers.values()].map(({ role }) => role))];
  // Context that no statement about an action and its resource refers to makes no difference, and would make every request a new question.
  const mindsKeys = ({ role }: Caller, action: string, resourceArn: string): boolean => {
    const question = `${role.address} ${action} ${resourceArn}`;
    const known = minding.get(question);
    if (known !== undefined) return known;
    const minds = role.statements.some(
      (statement) =>
        statement.conditionKeys.includes(leadingKeysName) &&
        statement.actions.some(({ matches }) => matches(action)) &&
        statement.coversResource(resourceArn),
    );
    remember(minding, question, minds);
    return minds;
  };
  const decide = (
    caller: Caller,
    action: string,
    resourceArn: string,
    leadingKeys: readonly string[],
  ): Verdict => {
    const { role } = caller;
    const values = { ...requestValues, [leadingKeysName]: leadingKeys };
    const verdict = judge(role.statements, action, resourceArn, values);
    if (verdict.kind !== 'allowed') {
      return denied(caller, action, resourceArn, verdict.kind);
    }
    const { pattern, statement } = verdict;
    used.set(`${role.address} ${pattern} ${statement.resources}`, grant(role, pattern, statement));
    return { allowed: true };
  };
  return {
    authorize: (accessKeyId, action, resourceArn, leadingKeys = []) => {
      const caller = callers.get(accessKeyId);
      if (caller === undefined) {
        return { allowed: true };
      }
      const keys = mindsKeys(caller, action, resourceArn) ? leadingKeys : [];
      const question = `${accessKeyId} ${action} ${resourceArn} ${keys.join(' ')}`;
      const known = remembered.get(question);
      if (known !== undefined) {
        return known;
      }
      const answer = decide(caller, action, resourceArn, keys);
      remember(remembered, question, answer);
      return answer;
    },
    grantedActions: () => roles.flatMap(grantsOf),
    usedActions: () => [...used.values()],
  };
}

type Judgement =
  | { readonly kind: 'allowed'; readonly pattern: string; readonly statement: Statement }
  | { readonly kind: 'explicitly-denied' }
  | { readonly kind: 'not-allowed' };

function judge(
  statements: readonly Statement[],
  action: string,
  arn: string,
  values: RequestValues,
): Judgement {
  let allowed: Judgement | undefined;
  for (const statement of statements) {
    const pattern = statement.actions.find((candidate) => candidate.matches(action))?.pattern;
    const applies = statement.coversResource(arn) && statement.condition(values);
    if (pattern === undefined || !applies) {
      continue;
    }
    if (statement.effect === 'Deny') {
      return { kind: 'explicitly-denied' };
    }
    allowed ??= { kind: 'allowed', pattern, statement };
  }
  return allowed ?? { kind: 'not-allowed' };
}

function denied(
  { role, sessionName }: Caller,
  action: string,
  resourceArn: string,
  kind: 'explicitly-denied' | 'not-allowed',
): Verdict {
  const user = `arn:aws:sts::${cloudLocation.account}:assumed-role/${role.name}/${sessionName}`;
  const reason =
    kind === 'not-allowed'
      ? `because no identity-based policy allows the ${action} action`
      : 'with an explicit deny in an identity-based policy';
  return {
    allowed: false,
    message: `User: ${user} is not authorized to perform: ${action} on resource: ${resourceArn} ${reason}`,
  };
}

function grantsOf(role: Role): readonly RoleAction[] {
  return role.statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) =>
      statement.actions.map(({ pattern }) => grant(role, pattern, statement)),
    );
}

function grant(role: Role, action: string, { resources }: Statement): RoleAction {
  return { role: role.address, action, resources };
}
