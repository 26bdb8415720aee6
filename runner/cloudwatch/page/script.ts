/**
 * The script of the page, which does what the console of CloudWatch does: it shows the widgets again every five seconds, and calls the
 * function of a widget when the element before its `cwdb-action` is clicked.
 */
export const script = `
const main = document.querySelector('main');
const refresh = async () => {
  if (document.hidden) return;
  const answer = await fetch(location.pathname + '/widgets' + location.search).catch(() => undefined);
  if (!answer?.ok) return;
  const fresh = document.createElement('template');
  fresh.innerHTML = await answer.text();
  for (const section of fresh.content.querySelectorAll('section')) {
    const shown = document.getElementById(section.id);
    // One that somebody leafs through, or has scrolled, stays as it is.
    if (shown && !shown.dataset.called && shown.scrollTop === 0) shown.replaceWith(section);
  }
};
setInterval(refresh, 5000);
main.addEventListener('click', async (event) => {
  const action = event.target.closest('.btn')?.nextElementSibling;
  if (action?.localName !== 'cwdb-action') return;
  const question = action.getAttribute('confirmation');
  if (question && !confirm(question)) return;
  const section = action.closest('section');
  const answer = await fetch(location.pathname + '/call' + location.search, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ endpoint: action.getAttribute('endpoint'), params: JSON.parse(action.textContent || '{}') }),
  });
  section.dataset.called = 'true';
  section.querySelector('.content').innerHTML = await answer.text();
});
`;
