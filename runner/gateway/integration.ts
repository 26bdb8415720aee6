import type { Invocation, Invoke, MayInvoke } from '../runner-interfaces.ts';

/** The outcome of calling the function behind a route. */
export type IntegrationOutcome =
  | Invocation
  /** No resource policy of the function lets this route call it. */
  | { readonly kind: 'forbidden' }
  /** The function continues; API Gateway waits no longer. */
  | { readonly kind: 'abandoned' };

/** Calls the function behind a route with one event; never throws. */
export type Integration = (event: unknown) => Promise<IntegrationOutcome>;

/** The parts of an integration. */
export type IntegrationSettings = {
  readonly invoke: Invoke;
  readonly mayInvoke: MayInvoke;
  readonly functionArn: string;
  /** ARN of the route or the authorizer that calls. */
  readonly sourceArn: string;
  readonly timeoutMilliseconds: number;
};

/** The call of the function behind a route, under the function's resource policies and the route's timeout. */
export function createIntegration(settings: IntegrationSettings): Integration {
  const { invoke, functionArn, sourceArn, timeoutMilliseconds } = settings;
  const allowed = settings.mayInvoke(functionArn, sourceArn);
  return async (event) => {
    if (!allowed) {
      return { kind: 'forbidden' };
    }
    let timer: NodeJS.Timeout | undefined;
    const abandoned = new Promise<IntegrationOutcome>((resolve) => {
      timer = setTimeout(() => resolve({ kind: 'abandoned' }), timeoutMilliseconds);
    });
    try {
      return await Promise.race([invoke(functionArn, event), abandoned]);
    } catch (error) {
      return { kind: 'failed', errorType: 'Runner.Error', errorMessage: String(error) };
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Why an integration gave nothing to answer with, in the words of an access log. */
export function failureOf(outcome: Exclude<IntegrationOutcome, { kind: 'returned' }>): string {
  switch (outcome.kind) {
    case 'forbidden':
      return 'No permission of the function lets this route call it';
    case 'abandoned':
      return 'Endpoint request timed out';
    case 'failed':
      return `The function failed: ${outcome.errorType}`;
    case 'timed-out':
      return `The function timed out after ${outcome.seconds} seconds`;
    case 'throttled':
      return 'The function was throttled';
    default:
      return outcome satisfies never;
  }
}
