import { transparencyXml } from '../../../core/receipt/transparency-xml.ts';
import { plainPage } from '../../http/plain-page.ts';
import { escapeHtml } from '../../view/escape-html.ts';
import { vatRateText } from '../accounts/vat-rate-text.ts';
import { issuerHtml } from '../issuer/issuer-html.ts';
import type { FoundReceipt } from './find-receipt.ts';
import type { ReceiptView } from './receipt-view.ts';

const timeIn = (iso: string, timeZone: string): string =>
  new Date(iso).toLocaleString('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'medium' });

const durationText = (seconds: number): string => {
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

const list = (entries: readonly (readonly [string, string])[]): string =>
  `<dl>${entries
    .map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`)
    .join('')}</dl>`;

/** A table that scrolls by itself, also by keyboard, where it is wider than the page. The first column is text, the others are numbers. */
const table = (
  label: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string => {
  const cell = (tag: string, text: string, index: number): string =>
    `<${tag}${index > 0 ? ' class="number"' : ''}>${escapeHtml(text)}</${tag.split(' ')[0]}>`;
  const row = (tag: string, texts: readonly string[]): string =>
    `<tr>${texts.map((text, index) => cell(tag, text, index)).join('')}</tr>`;
  return `<div class="scroll" role="region" aria-label="${escapeHtml(label)}" tabindex="0"><table><thead>${row('th scope="col"', head)}</thead><tbody>${rows.map((texts) => row('td', texts)).join('')}</tbody></table></div>`;
};

function factsHtml(receipt: ReceiptView): string {
  const { place, timeZone, chargerId, evseId, connectorId } = receipt;
  const where = place === null ? [] : [place.name, place.address, place.city, place.country];
  return list([
    ...(where.length === 0 ? [] : ([['Place', where.join(', ')]] as const)),
    ['Charger', `${chargerId}, EVSE ${evseId}, connector ${connectorId}`],
    ['Start', timeIn(receipt.startedAt, timeZone)],
    ['End', timeIn(receipt.endedAt, timeZone)],
    ['Duration', durationText(receipt.durationSeconds)],
    ['Energy', `${receipt.energyKwh} kWh`],
    ['Bill', receipt.cdrId],
    ...(receipt.replaces === null
      ? []
      : ([['Replaces', `${receipt.replaces}, which was credited`]] as const)),
    ...(receipt.creditedBy === null
      ? []
      : ([['Credited by', `${receipt.creditedBy}: there is nothing to pay`]] as const)),
    ...(receipt.correctionReason === null ? [] : ([['Reason', receipt.correctionReason]] as const)),
  ]);
}

function billHtml({ lines, vat, total, tariffName }: ReceiptView): string {
  const { currency } = total;
  const bill = lines.map((line) => [
    line.reason,
    line.vatPercent === null ? '–' : `${line.vatPercent} %`,
    line.inclVat,
  ]);
  const rates = vat.map((one) => [vatRateText(one), one.exclVat, one.vat, one.inclVat]);
  const named = tariffName === null ? '' : `<p class="quiet">Tariff: ${escapeHtml(tariffName)}</p>`;
  return `<h2>What it cost, in ${escapeHtml(currency)}</h2>${named}
${table('Bill', ['For', 'VAT', 'With VAT'], bill)}
<h2>VAT</h2>${table('VAT', ['Rate', 'Without VAT', 'VAT', 'With VAT'], rates)}`;
}

function meterHtml({ meterStart, meterStop, meterSerial, timeZone }: ReceiptView): string {
  const entries = [
    ['At the start', meterStart],
    ['At the end', meterStop],
  ] as const;
  const rows = entries.map(([name, end]): readonly [string, string] => [
    name,
    end === null ? 'not reported' : `${end.wh / 1000} kWh, ${timeIn(end.at, timeZone)}`,
  ]);
  const serial = meterSerial === null ? [] : ([['Meter', meterSerial]] as const);
  return `<h2>Meter</h2>${list([...serial, ...rows])}`;
}

const verdictWords = {
  valid: ['good', 'Valid'],
  invalid: ['bad', 'Not valid'],
  unverified: ['quiet', 'Not verified'],
} as const;

const valueHtml = (value: ReceiptView['signedValues'][number], index: number): string => {
  const [style, word] = verdictWords[value.verdict];
  const contexts = value.contexts.join(', ');
  return `<h3>Signed value ${index + 1}${contexts === '' ? '' : `: ${escapeHtml(contexts)}`}</h3>
<p>Checked when it was billed: <span class="${style}">${word}</span>. ${escapeHtml(value.message)}</p>
<p class="screen" data-value="${index}">Checked on this page: <span>not yet</span></p>
<details><summary>Record and public key</summary><pre>${escapeHtml(value.record ?? `SHA-256: ${value.recordHash ?? ''}`)}</pre>
${value.publicKey === undefined ? '<p>No public key of the meter is registered.</p>' : `<pre>${escapeHtml(value.publicKey)}</pre>`}</details>`;
};

function signedHtml(receipt: ReceiptView): string {
  const { signedValues, signedValuesLeftOut } = receipt;
  if (signedValues.length === 0) {
    return `<h2>Signed values</h2><p>The meter of this charger did not sign its values, or the charger did not send the signatures.</p>`;
  }
  const more =
    signedValuesLeftOut === 0 ? '' : `<p>${signedValuesLeftOut} more are kept by the operator.</p>`;
  const file = Buffer.from(transparencyXml(receipt), 'utf8').toString('base64');
  return `<h2>Signed values</h2>
<p id="verdict" role="status" class="screen">The signed values are verified here as soon as the page has loaded.</p>
${signedValues.map(valueHtml).join('')}${more}
<p><a download="${escapeHtml(receipt.sessionId)}.xml" href="data:application/xml;base64,${file}">Download the signed values</a> as a file for the Transparenzsoftware.</p>
<h2>How to check</h2>
<ol><li>Compare the public key with the one on the charger's label or in the register of the authority.</li>
<li>This page has verified each signature in your browser, with nothing but what it shows. For a second opinion, open the downloaded file with the
Transparenzsoftware (S.A.F.E. e.V.).</li>
<li>Compare the meter readings in the signed values with those above, and their difference with the energy on the bill.</li></ol>`;
}

const sealHtml = ({ seal }: ReceiptView): string =>
  `<details><summary>Seal of the bill</summary><p>The bill cannot be changed unnoticed: it is number ${seal.sequence} of its charger, and signed together with the one before it.</p>${list(
    [
      ['Hash', seal.hash],
      ['Signature', seal.signature],
      ['Key', seal.keyId],
    ],
  )}</details>`;

/** JSON inside a script element: nothing in it ends the element. */
const dataHtml = (receipt: ReceiptView): string => {
  const { signedValues, signedEnergyKwh, energyKwh } = receipt;
  const json = JSON.stringify({ signedValues, signedEnergyKwh, energyKwh });
  return `<script type="application/json" id="receipt">${json.replaceAll('<', '\\u003c')}</script><script src="receipt.js" defer></script>`;
};

/** Writes a receipt as a page. */
export function receiptPage(receipt: FoundReceipt): string {
  if (receipt.state === 'pending') {
    return plainPage(
      'Receipt',
      '<h1>Receipt</h1><p>The bill of this session is not final yet. Open this page again later.</p>',
    );
  }
  const { due, issuer, issuedBy } = receipt;
  const by = issuer === null ? `<p class="quiet">${escapeHtml(issuedBy)}</p>` : issuerHtml(issuer);
  return plainPage(
    `Receipt, ${issuer?.name ?? issuedBy}`,
    `<h1>Receipt</h1>${by}
<p class="total">${escapeHtml(`${due.inclVat} ${due.currency}`)}</p><p class="quiet">with VAT; ${escapeHtml(`${due.exclVat} ${due.currency}`)} without</p>
<h2>Session</h2>${factsHtml(receipt)}
${billHtml(receipt)}
${meterHtml(receipt)}
${signedHtml(receipt)}
${sealHtml(receipt)}
${receipt.signedValues.length === 0 ? '' : dataHtml(receipt)}`,
  );
}
