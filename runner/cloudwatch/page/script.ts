/**
 * The script of the page, which does what the console of CloudWatch does: it shows the widgets again every five seconds, and does what a
 * `cwdb-action` says when its event happens at the element before it: asks for confirmation, shows its HTML or calls its function with
 * the fields of the widget, and shows the answer instead of the widget or over the page.
 */
export const script = `
const main = document.querySelector('main');
const popup = document.querySelector('dialog');
const fieldsOf = (section) => [...section.querySelectorAll('input, select, textarea')].filter((one) => one.name);
// One that somebody leafs through, has scrolled or writes into stays as it is.
const isBusy = (section) =>
  section.dataset.called || section.scrollTop > 0 || section.contains(document.activeElement) ||
  fieldsOf(section).some((one) => one.value !== (one.defaultValue ?? ''));
const refresh = async () => {
  if (document.hidden || popup.open) return;
  const answer = await fetch(location.pathname + '/widgets' + location.search).catch(() => undefined);
  if (!answer?.ok) return;
  const fresh = document.createElement('template');
  fresh.innerHTML = await answer.text();
  for (const section of fresh.content.querySelectorAll('section')) {
    const shown = document.getElementById(section.id);
    if (shown && !isBusy(shown)) shown.replaceWith(section);
  }
};
setInterval(refresh, 5000);
const answerTo = async (action, section) => {
  if (action.getAttribute('action') !== 'call') return action.innerHTML;
  const fields = Object.fromEntries(fieldsOf(section).map((one) => [one.name, one.value]));
  const answer = await fetch(location.pathname + '/call' + location.search, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ endpoint: action.getAttribute('endpoint'), params: JSON.parse(action.textContent || '{}'), fields }),
  });
  return await answer.text();
};
const act = async (event) => {
  let action;
  for (let one = event.target; one && one !== main && !action; one = one.parentElement) {
    const next = one.nextElementSibling;
    if (next?.localName === 'cwdb-action' && (next.getAttribute('event') || 'click') === event.type) action = next;
  }
  if (!action) return;
  const question = action.getAttribute('confirmation');
  if (question && !confirm(question)) return;
  const section = action.closest('section');
  const html = await answerTo(action, section);
  if (action.getAttribute('display') === 'popup') {
    popup.querySelector('.content').innerHTML = html;
    popup.showModal();
    return;
  }
  section.dataset.called = 'true';
  section.querySelector('.content').innerHTML = html;
};
for (const type of ['click', 'dblclick', 'mouseenter']) main.addEventListener(type, act, true);
main.addEventListener('submit', (event) => event.preventDefault());
popup.addEventListener('close', refresh);
`;
