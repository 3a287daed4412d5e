// @ts-check
// The calm pages: they wait until the others may come back, and send what is typed at their foot.
"use strict";
{
  const { lang, dataset: { base } } = document.documentElement;
  const mine = document.body.dataset.amMode ?? "";
  // After a quick exit of one's own, this page stays until somebody presses Back.
  const isOwn = mine === "own";
  const isRoom = new URLSearchParams(location.search).get("at") === "room";
  const PLACES = { open: isRoom ? "/room" : "/", hidden: "/quiet", visitors: "/lesson", locked: "/locked" };
  const query = () => {
    const kept = new URLSearchParams({ lang });
    const step = new URLSearchParams(location.search).get("step");
    if (isRoom) kept.set("at", "room");
    if (step && /^[A-Za-z0-9_]{1,32}$/.test(step)) kept.set("step", step);
    return kept.toString();
  };
  let isGoing = false;
  // Once: the answer to what was typed and the word to all pages arrive together, and a page that
  // is asked for twice starts two kernels.
  function go(place) {
    if (isGoing) return;
    isGoing = true;
    location.replace(`${base}${place}?${query()}`);
  }
  function watch() {
    if (isGoing) return;
    const line = new WebSocket(`${location.origin.replace(/^http/, "ws")}${base}/am/watch`);
    line.addEventListener("message", (event) => {
      const { mode } = JSON.parse(event.data);
      if (isOwn && (mode === "open" || mode === "hidden")) return;
      if (mode && mode !== mine && mode in PLACES) go(PLACES[mode]);
    });
    line.addEventListener("close", () => setTimeout(watch, 1000));
  }
  watch();
  document.querySelector("[data-am-suggest]")?.addEventListener("click", async () => {
    const box = /** @type {HTMLElement} */ (document.querySelector(".am-suggested"));
    try {
      const answer = await fetch(`${base}/am/begin?lang=${lang}`, { cache: "no-store" });
      /** @type {HTMLElement} */ (box.querySelector("strong")).textContent = (await answer.json()).words;
      box.hidden = false;
    } catch {
      box.hidden = true;
    }
  });
  document.querySelector("[data-am-show]")?.addEventListener("change", (event) => {
    for (const secret of document.querySelectorAll(".am-secret")) {
      secret.classList.toggle("am-shown", /** @type {HTMLInputElement} */ (event.target).checked);
    }
  });
  document.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isOwn) {
      go(PLACES.open);
      return;
    }
    const form = /** @type {HTMLFormElement} */ (event.target);
    const box = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
    const button = /** @type {HTMLButtonElement} */ (form.querySelector("button:not([type])"));
    const wait = form.dataset.wait ?? "";
    button.disabled = true;
    box.textContent = wait;
    try {
      const answer = await fetch(`${base}${form.dataset.amPost}?lang=${lang}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(Object.fromEntries(new FormData(form))),
        cache: "no-store",
      });
      const said = await answer.json();
      box.textContent = said.ok ? "" : said.text;
      if (said.ok) go(PLACES.open);
    } catch {
      box.textContent = "";
    }
    form.reset();
    button.disabled = false;
  });
}
