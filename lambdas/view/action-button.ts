import { type Markup, markup } from './markup.ts';

/** A button of a widget: the function that it calls, what it is called with, and the question before that. */
export type ActionButton = {
  readonly label: string;
  /** ARN. */
  readonly endpoint: string;
  readonly call: object;
  /** Asked before the call, which can be given up then. */
  readonly confirmation?: string;
  /** Where the answer is shown: over the dashboard, or instead of the widget. */
  readonly display: 'popup' | 'widget';
};

/** A button as CloudWatch knows it: an anchor, and the `cwdb-action` of the element before it. */
export function actionButton(button: ActionButton): Markup {
  const { label, endpoint, call, confirmation, display } = button;
  const question = confirmation === undefined ? markup`` : markup` confirmation="${confirmation}"`;
  return markup`<a class="btn">${label}</a><cwdb-action action="call"${question} display="${display}" endpoint="${endpoint}">${JSON.stringify(call)}</cwdb-action>`;
}
