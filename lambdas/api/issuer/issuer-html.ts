import { escapeHtml } from '../../view/escape-html.ts';
import type { IssuerView } from './issuer-form.ts';

/** Writes who sells at the head of a page; nothing where the operator has not said it. */
export function issuerHtml(issuer: IssuerView): string {
  if (issuer === null) return '';
  const { name, addressLines, postalCode, city, country, vatId, registration } = issuer;
  const town = postalCode === null ? city : `${postalCode} ${city}`;
  const entries: readonly (readonly [string, readonly string[]])[] = [
    ['Issued by', [name, ...addressLines, town, country]],
    ...(vatId === null ? [] : [['VAT id', [vatId]] as const]),
    ...(registration === null ? [] : [['Registration', [registration]] as const]),
  ];
  return `<dl>${entries
    .map(([term, lines]) => `<dt>${term}</dt><dd>${lines.map(escapeHtml).join('<br>')}</dd>`)
    .join('')}</dl>`;
}
