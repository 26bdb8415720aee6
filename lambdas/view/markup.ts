import { escapeHtml } from './escape-html.ts';

/** HTML in which every text of others is escaped. */
export type Markup = { readonly markup: string };

type Part = string | number | undefined | Markup | readonly Markup[];

function textOf(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part));
  return 'markup' in part ? part.markup : part.map((each) => each.markup).join('');
}

/** A template of HTML: texts between its parts are escaped, other markup is taken as it is. */
export const markup = (texts: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  markup: texts.map((text, n) => `${text}${textOf(parts[n])}`).join(''),
});

/** Markup that draws nothing, for a part that is left out. */
export const nothing: Markup = { markup: '' };
