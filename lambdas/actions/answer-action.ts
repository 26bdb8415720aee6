import { type FailingStep, failingSteps } from '../../core/failure/failing-steps.ts';
import { decideCdr } from '../billing/decide-cdr.ts';
import { logger } from '../runtime/logger.ts';
import type { Database } from '../store/table/client.ts';
import { type Markup, markup, nothing } from '../view/markup.ts';
import { themed } from '../view/themed.ts';
import { type ActionError, actionErrors } from './action-errors.ts';
import { ActionRequest, type DecisionRequest } from './action-request.ts';
import { choiceFrom } from './choice-from.ts';
import { describeActions } from './describe-actions.ts';
import { type RetryResult, type RetrySite, retryFailures } from './retry-failures.ts';

/** The surroundings of a run. */
export type ActionServices = RetrySite & {
  readonly database: Database;
  /** The id of this run, by which CloudTrail knows who began it. */
  readonly invocationId: string;
  /** ISO 8601 in UTC. */
  readonly now: string;
};

/** Does what a button of a dashboard asks for, and says in HTML how it went; Markdown for `describe`. */
export async function answerAction(services: ActionServices, event: unknown): Promise<string> {
  const { success, data } = ActionRequest.safeParse(event);
  if (!success) return themed('light', refusal('ACTION_INVALID'));
  if ('describe' in data) return describeActions;
  const { theme } = data.widgetContext;
  if (data.action !== 'retry') return themed(theme, await decided(services, data));
  const { step } = data;
  const result = await retryFailures(services, step, Date.parse(services.now));
  const { retried, kept } = result;
  logger.info('Failures were handed over by a button', { step, retried, kept: kept.length });
  return themed(theme, retriedView(step, result));
}

const refusal = (code: ActionError): Markup =>
  markup`<p><span class="b">${code}</span> ${actionErrors[code]}</p>`;

async function decided(services: ActionServices, request: DecisionRequest): Promise<Markup> {
  const { database, invocationId, now } = services;
  const { operatorId, cdrId } = request;
  const stated = choiceFrom(request);
  if (typeof stated === 'string') return refusal(stated);
  const decidedBy = { invocationId, name: stated.name };
  const decider = { database, operatorId, decidedBy, now };
  const outcome = await decideCdr(decider, cdrId, stated.choice);
  if (outcome.kind === 'refused') return refusal(outcome.code);
  const { kind, decidedBy: by } = outcome.decision;
  return markup`<p><span class="g">${kind}</span> <code>${cdrId}</code>, decided by ${by.name}. The CDR is sealed within seconds.</p>`;
}

function retriedView(step: FailingStep, { retried, kept, isDone }: RetryResult): Markup {
  const reasons = [...new Set(kept)].map((reason) => markup`<p class="q">${reason}</p>`);
  const rest = isDone ? '' : ' There are more: press the button again.';
  const started =
    failingSteps[step] === 'run' && retried > 0
      ? markup`<p class="q">A run was started, and may take minutes. If it fails, it is here again.</p>`
      : nothing;
  return markup`<p>${retried} handed over, ${kept.length} kept.${rest}</p>${started}${reasons}`;
}
