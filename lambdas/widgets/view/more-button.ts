import { actionButton } from '../../view/action-button.ts';
import { type Markup, markup, nothing } from '../../view/markup.ts';
import type { Place } from '../walk-chargers.ts';

/** The request of a list of chargers, which the button for more repeats, and the function that it calls. */
export type PageContext = {
  readonly request: { readonly widgetContext: unknown };
  readonly functionArn: string;
};

/** A button that shows what comes after the rows that were looked at, chargers unless it is named; nothing where there is nothing more. */
export function moreButton(
  next: Place | undefined,
  { request, functionArn }: PageContext,
  label = 'Chargers after these',
): Markup {
  if (next === undefined) return nothing;
  const { widgetContext: _context, ...parameters } = request;
  const button = actionButton({
    label,
    endpoint: functionArn,
    call: { ...parameters, from: next },
    display: 'widget',
  });
  return markup`<p>${button}</p>`;
}
