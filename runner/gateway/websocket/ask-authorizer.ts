import { readStatements, type Statement } from '../../iam/statement.ts';
import { StartRefusal } from '../../start-refusal.ts';
import { asJsonObject, isJsonObject } from '../../template/json-object.ts';
import type { IdentitySource } from '../authorizer-definition.ts';
import type { Integration, IntegrationOutcome } from '../integration.ts';
import type { AuthorizerContext } from './connection.ts';
import type { HandshakeParts, RequestContext } from './websocket-event.ts';

/** The authorizer's verdict on a handshake, as API Gateway understands it. */
export type AuthorizerVerdict =
  | { readonly kind: 'allowed'; readonly context: AuthorizerContext }
  | { readonly kind: 'refused'; readonly status: 401 | 403 | 500; readonly error: string };

/** A handshake about which an authorizer is asked. */
export type AuthorizerQuestion = {
  readonly integration: Integration;
  readonly identitySources: readonly IdentitySource[];
  /** ARN of `$connect` at the stage: the resource that the answered policy speaks of. */
  readonly methodArn: string;
  readonly requestContext: RequestContext;
  readonly parts: HandshakeParts;
};

// An authorizer's whole answer; beyond it API Gateway takes none.
const answerLimitBytes = 8 * 1024;

/** Asks a REQUEST authorizer; without one of its identity sources it is not even asked. */
export async function askAuthorizer(question: AuthorizerQuestion): Promise<AuthorizerVerdict> {
  const { integration, identitySources, methodArn, parts, requestContext } = question;
  if (!identitySources.every((source) => isGiven(source, parts))) {
    return { kind: 'refused', status: 401, error: 'Unauthorized' };
  }
  const askedAt = performance.now();
  const outcome = await integration({
    type: 'REQUEST',
    methodArn,
    ...parts,
    stageVariables: {},
    requestContext,
  });
  return judge(outcome, methodArn, Math.round(performance.now() - askedAt));
}

function isGiven({ from, name }: IdentitySource, parts: HandshakeParts): boolean {
  // Whether API Gateway finds a header in another case is not established: here it does not.
  const values = from === 'querystring' ? parts.queryStringParameters : parts.headers;
  return (values[name] ?? '') !== '';
}

function judge(
  outcome: IntegrationOutcome,
  methodArn: string,
  integrationLatency: number,
): AuthorizerVerdict {
  if (outcome.kind === 'failed' && outcome.errorMessage === 'Unauthorized') {
    return { kind: 'refused', status: 401, error: 'Unauthorized' };
  }
  if (outcome.kind !== 'returned') {
    return misconfigured(`The authorizer gave no answer: ${outcome.kind}`);
  }
  if (Buffer.byteLength(JSON.stringify(outcome.payload) ?? '') > answerLimitBytes) {
    return misconfigured(`The answer of the authorizer is over ${answerLimitBytes} bytes`);
  }
  const { policyDocument, principalId, context } = asJsonObject(outcome.payload);
  const statements = readPolicy(policyDocument);
  const values = readContext(context);
  if (statements === undefined || values === undefined || typeof principalId !== 'string') {
    return misconfigured('The answer of the authorizer is not valid');
  }
  return allows(statements, methodArn)
    ? { kind: 'allowed', context: { ...values, principalId, integrationLatency } }
    : { kind: 'refused', status: 403, error: 'Forbidden' };
}

function misconfigured(error: string): AuthorizerVerdict {
  return { kind: 'refused', status: 500, error };
}

function readPolicy(document: unknown): readonly Statement[] | undefined {
  if (!isJsonObject(document)) {
    return undefined;
  }
  try {
    return readStatements(document, 'The answer of the authorizer');
  } catch (error) {
    if (error instanceof StartRefusal) {
      return undefined;
    }
    throw error;
  }
}

function allows(statements: readonly Statement[], methodArn: string): boolean {
  const effects = statements
    .filter(({ actions }) => actions.some(({ matches }) => matches('execute-api:Invoke')))
    .filter((statement) => statement.coversResource(methodArn) && statement.condition({}))
    .map(({ effect }) => effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

/** Values that are neither lists nor objects, as text: so they come out of API Gateway. */
function readContext(context: unknown = {}): Record<string, string> | undefined {
  const entries = Object.entries(asJsonObject(context)).filter(([, value]) => value !== null);
  const plain = entries.every(([, value]) => typeof value !== 'object');
  return isJsonObject(context) && plain
    ? Object.fromEntries(entries.map(([name, value]) => [name, String(value)]))
    : undefined;
}
