import type { FailureCount } from '../read-failures.ts';
import { type Markup, markup } from './markup.ts';

/** Failures of each step, and the commands by which they are looked at and sent again. */
export function failuresView(counts: readonly FailureCount[], stage: string): Markup {
  const rows = counts.map(({ step, failures }) => {
    const isEmpty = failures === 0;
    const command = isEmpty ? '' : `npm run joulegate -- failures show ${step} --stage ${stage}`;
    return markup`<tr><td>${step}</td><td class="n ${isEmpty ? 'g' : 'b'}">${failures}</td><td><code>${command}</code></td></tr>`;
  });
  const sum = counts.reduce((all, { failures }) => all + failures, 0);
  const advice =
    sum === 0
      ? 'Nothing failed.'
      : `Look first, fix the cause, then: npm run joulegate -- failures retry STEP --stage ${stage} (docs/runbook.md).`;
  return markup`<p class="q">${advice}</p><table><thead><tr><th>Step</th><th class="n">Failures</th><th>Command</th></tr></thead><tbody>${rows}</tbody></table>`;
}
