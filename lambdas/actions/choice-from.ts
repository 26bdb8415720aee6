import type { CdrChoice } from '../../core/cdr/compute/cdr-decision.ts';
import { decidedEnergy } from '../../core/cdr/compute/decided-energy.ts';
import type { ActionError } from './action-errors.ts';
import type { DecisionRequest } from './action-request.ts';

/** A decision as its button and the fields of the widget state it, and the name of whoever took it. */
export type StatedChoice = { readonly choice: CdrChoice; readonly name: string };

const longestName = 100;
const longestReason = 500;

/** Reads a decision: `name`, `reason:<cdrId>` and `energy:<cdrId>` are fields. `accept` needs no reason; a decimal comma is one. */
export function choiceFrom({
  action,
  cdrId,
  widgetContext,
}: DecisionRequest): StatedChoice | ActionError {
  const field = (name: string): string => (widgetContext.forms.all[name] ?? '').trim();
  const name = field('name');
  if (name === '' || name.length > longestName) return 'ACTION_NAME_MISSING';
  const reason = field(`reason:${cdrId}`);
  if (reason.length > longestReason) return 'ACTION_REASON_MISSING';
  if (action === 'accept') {
    return { choice: reason === '' ? { kind: 'accept' } : { kind: 'accept', reason }, name };
  }
  if (reason === '') return 'ACTION_REASON_MISSING';
  if (action === 'void') return { choice: { kind: 'void', reason }, name };
  const energyKwh = decidedEnergy(field(`energy:${cdrId}`).replace(',', '.'));
  if (energyKwh === undefined) return 'ACTION_ENERGY_INVALID';
  return { choice: { kind: 'setEnergy', energyKwh, reason }, name };
}
