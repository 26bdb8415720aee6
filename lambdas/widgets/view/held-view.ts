import type { CdrCandidate } from '../../../core/cdr/model/cdr.ts';
import { type ActionButton, actionButton } from '../../view/action-button.ts';
import { type Markup, markup, nothing } from '../../view/markup.ts';
import type { Gathered } from '../gather-rows.ts';
import type { HeldRow } from '../read-held.ts';
import { ageText } from './age-text.ts';
import { moreButton, type PageContext } from './more-button.ts';

/** The surroundings of a list of held CDRs: our clock, ISO 8601 in UTC, and the function that its buttons call. */
export type HeldContext = PageContext & { readonly now: string; readonly actionsArn: string };

/** Held CDRs with the reasons, the time since their sessions ended, the energies that they can have, and the buttons that decide. */
export function heldView({ rows, next }: Gathered<HeldRow>, context: HeldContext): Markup {
  const rest = moreButton(next, context, 'Held CDRs after these');
  if (rows.length === 0) return next === undefined ? markup`<p>No CDR is held.</p>` : rest;
  const count = `${rows.length} held${next === undefined ? '' : ', and there may be more after these (all of an operator: GET /cdrs?state=held)'}. A decision is final, and is sealed with its reason and your name.`;
  return markup`<form><p class="q">${count}</p><p><label>Your name <input name="name" maxlength="100" autocomplete="name"></label></p><table><thead><tr><th>CDR</th><th class="n">Age</th><th class="n">Energy</th><th>Reasons</th></tr></thead><tbody>${rows.map((row) => rowOf(row, context))}</tbody></table></form>${rest}`;
}

function rowOf(row: HeldRow, context: HeldContext): Markup {
  const { operatorName, cdr } = row;
  const reasons = cdr.anomalies.filter(({ severity }) => severity === 'error');
  return markup`<tr><td><code>${cdr.cdrId}</code><div class="q">${operatorName} · ${cdr.chargerId}</div></td><td class="n">${ageText(cdr.endedAt, context.now)}</td><td class="n">${cdr.energyKwh} kWh${(cdr.candidates ?? []).map(candidate)}</td><td>${reasons.map(({ code, message }) => markup`<div><b>${code}</b> <span class="q">${message}</span></div>`)}</td></tr><tr><td colspan="4">${decisions(row, context)}</td></tr>`;
}

/** An energy that the session can have had, with the evidence of it on hovering. */
const candidate = ({ by, energyKwh, reason }: CdrCandidate): Markup =>
  markup`<div class="q" title="${reason}">${by} ${energyKwh}</div>`;

function decisions({ operatorId, cdr }: HeldRow, { actionsArn }: HeldContext): Markup {
  const { cdrId, energyKwh } = cdr;
  const accepted = cdr.candidates?.find((one) => one.accepted === true)?.energyKwh ?? energyKwh;
  const button = (label: string, action: string, confirmation: string): ActionButton => ({
    label,
    endpoint: actionsArn,
    call: { action, operatorId, cdrId },
    confirmation: `${confirmation} This is final.`,
    display: 'popup',
  });
  const buttons = [
    button('Accept', 'accept', `Bill ${accepted} kWh for ${cdrId}?`),
    button('Set energy', 'setEnergy', `Bill the energy of the field for ${cdrId}?`),
    button('Void', 'void', `Bill nothing for ${cdrId}?`),
  ];
  const drawn = actionsArn === '' ? nothing : buttons.map((one) => markup`${actionButton(one)} `);
  return markup`<input name="reason:${cdrId}" maxlength="500" placeholder="Reason" aria-label="Reason for ${cdrId}"> <input name="energy:${cdrId}" size="8" inputmode="decimal" placeholder="kWh" aria-label="Energy of ${cdrId} in kWh"> ${drawn}`;
}
