import { actionButton } from '../../view/action-button.ts';
import { type Markup, markup, nothing } from '../../view/markup.ts';
import type { FailureCount } from '../read-failures.ts';

/** The surroundings of the failures: the name of the stage, and the function that the buttons call. */
export type FailuresContext = { readonly stage: string; readonly actionsArn: string };

/** Failures of each step, the commands by which they are looked at, and the buttons that send them again. */
export function failuresView(counts: readonly FailureCount[], context: FailuresContext): Markup {
  const rows = counts.map(({ step, failures }) => {
    const isEmpty = failures === 0;
    return markup`<tr><td>${step}</td><td class="n ${isEmpty ? 'g' : 'b'}">${failures}</td><td>${isEmpty ? nothing : wayOut(step, context)}</td></tr>`;
  });
  const sum = counts.reduce((all, { failures }) => all + failures, 0);
  const advice =
    sum === 0
      ? 'Nothing failed.'
      : 'Look first, fix the cause, then send them again (docs/runbook.md).';
  return markup`<p class="q">${advice}</p><table><thead><tr><th>Step</th><th class="n">Failures</th><th>What to do</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function wayOut(step: string, { stage, actionsArn }: FailuresContext): Markup {
  const button = actionButton({
    label: 'Send again',
    endpoint: actionsArn,
    call: { action: 'retry', step },
    confirmation: `Hand the failures of ${step} to it again? Fix their cause first.`,
    display: 'popup',
  });
  return markup`<code>npm run joulegate -- failures show ${step} --stage ${stage}</code> ${button}`;
}
