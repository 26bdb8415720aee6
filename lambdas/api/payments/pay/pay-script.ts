/** The script of pages to pay at: it looks for news, and does nothing without which the page could not be used. */
export const payScript = `"use strict";
(() => {
  const main = document.querySelector("main");
  const wait = Number(main.querySelector("[data-wait]")?.dataset.wait ?? 0);
  if (wait === 0) return;
  const look = async () => {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => undefined);
    const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : undefined;
    const news = page?.querySelector("main");
    if (news && news.innerHTML !== main.innerHTML) main.innerHTML = news.innerHTML;
    const next = Number(main.querySelector("[data-wait]")?.dataset.wait ?? 0);
    if (next > 0) setTimeout(look, next * 1000);
  };
  setTimeout(look, wait * 1000);
})();
`;
