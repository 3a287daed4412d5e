// @ts-check
// The bar: hide, leave, lock, look. Runs before the page is there and whatever happens to it.
"use strict";
{
  const root = document.documentElement;
  const top = document.getElementById("am-top");
  const { lang, dataset: { base } } = root;
  // In a room full of phones a guest's quick exit hides this page alone.
  const isOwn = top?.dataset.own !== undefined;
  const PLACES = { hidden: "/quiet", visitors: "/lesson", locked: "/locked" };
  const FLUSH_MS = 900; // parts send what was typed after a pause of 400
  const PATIENCE_MS = 10000;
  const WORDS_STAY_MS = 600000;
  /** @type {Set<Window>} papers that this page opened: they go when it goes */
  const papers = new Set();
  let isLeaving = false;
  let resting = ""; // where a page goes that still shows words which could not be saved

  /** @param {number} ms */
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  /** What travels along: the language, the step and whether this is the room; nothing else. */
  function query() {
    const kept = new URLSearchParams({ lang });
    if (location.pathname === "/room") kept.set("at", "room");
    const step = new URLSearchParams(location.search).get("step");
    if (step && /^[A-Za-z0-9_]{1,32}$/.test(step)) kept.set("step", step);
    return kept.toString();
  }

  /** Ask every part to send what was typed; they hand in promises. */
  function askParts() {
    const waits = [];
    const waitUntil = (promise) => waits.push(promise);
    const event = new CustomEvent("amparo-before-leave", { detail: { waitUntil } });
    window.dispatchEvent(Object.assign(event, { waitUntil }));
    return waits;
  }

  /** Wait until everything typed is acknowledged; false when that takes too long. */
  async function settled(limitMs, waits = askParts()) {
    let isLate = false;
    const all = Promise.all(waits).then(async () => {
      while (window.__amparo?.open?.size && !isLate) await pause(30);
      return true;
    });
    const late = pause(limitMs).then(() => !(isLate = true));
    return Promise.race([all.catch(() => false), late]);
  }

  /** Take everything out of the page; what was typed is already on its way. */
  function clear() {
    isLeaving = true;
    if (document.readyState === "loading") window.stop();
    for (const paper of papers) paper.close();
    document.body.replaceChildren();
    document.body.className = "";
    root.classList.remove("am-simple");
  }

  async function post(path, values = {}) {
    try {
      const answer = await fetch(`${base}${path}${path.includes("?") ? "&" : "?"}lang=${lang}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(values),
        cache: "no-store",
        keepalive: true,
      });
      return { reached: true, ...(await answer.json()) };
    } catch {
      return { reached: false, ok: false, text: top?.dataset.mute ?? "" };
    }
  }

  /** Blank this page and go where all pages go now. */
  async function leave(mode, lost = false) {
    if (isLeaving) return;
    const { closed = "", lost: stopped = "", ended = "", door = "" } = top?.dataset ?? {};
    const waits = askParts();
    clear();
    if (!(mode in PLACES) && !lost) {
      show(closed);
      return;
    }
    await settled(FLUSH_MS, waits);
    // The keeper ended by itself: what this page could not save any more is nowhere else.
    const words = lost ? window.__amparo?.unsaved?.() ?? [] : [];
    if (!(mode in PLACES)) {
      show(ended, words);
      return;
    }
    resting = `${base}${PLACES[mode]}?${query()}`;
    if (!words.length) return void location.replace(resting);
    show(stopped, words);
    const link = Object.assign(document.createElement("a"), { href: resting, textContent: door });
    document.body.firstElementChild?.append(link);
    setTimeout(() => location.replace(resting), WORDS_STAY_MS);
  }

  /** Blank this page first, then tell the server: nothing is waited for while words are seen. */
  async function vanish(path, place) {
    if (isLeaving) return;
    const waits = askParts();
    clear();
    const flushed = settled(FLUSH_MS, waits);
    const answer = isOwn
      ? { reached: true }
      : await Promise.race([post(path), pause(2000)]);
    await flushed;
    if (answer?.reached) location.replace(`${base}${place}?${query()}`);
  }

  function show(text, lines = []) {
    const page = document.createElement("div");
    page.className = "am-gone-page";
    for (const line of [text, ...lines]) {
      page.append(Object.assign(document.createElement("p"), { textContent: line, dir: "auto" }));
    }
    document.body.replaceChildren(page);
  }

  let forgetting = 0;
  function say(text) {
    const said = document.getElementById("am-said");
    if (!said) return;
    said.textContent = text;
    clearTimeout(forgetting);
    forgetting = setTimeout(() => said.replaceChildren(), 12000);
  }

  // --- the line to the server ---------------------------------------------------------------
  let line = /** @type {WebSocket | null} */ (null);
  let touchedAt = 0;
  function watch() {
    if (isLeaving) return;
    line = new WebSocket(`${location.origin.replace(/^http/, "ws")}${base}/am/watch`);
    line.addEventListener("message", (event) => {
      const heard = JSON.parse(event.data);
      if (heard.mode && heard.mode !== "open") leave(heard.mode, heard.lost);
      else if (!heard.mode) window.dispatchEvent(new CustomEvent("amparo-heard", { detail: heard }));
    });
    line.addEventListener("close", () => setTimeout(watch, 1000));
  }
  function touch() {
    if (Date.now() - touchedAt < 15000 || line?.readyState !== 1) return;
    touchedAt = Date.now();
    line.send("i");
  }
  for (const kind of ["pointerdown", "keydown", "input", "wheel", "touchmove", "scroll"]) {
    window.addEventListener(kind, touch, { capture: true, passive: true });
  }
  watch();
  // Another script heard from the server that nothing is shown any more.
  window.addEventListener("amparo-shut", () => {
    if (isLeaving) return;
    clear();
    location.replace(`${base}/`);
  });
  window.addEventListener("beforeunload", (event) => {
    // Nothing may ask "really leave?" while somebody wants the words gone.
    if (isLeaving) event.stopImmediatePropagation();
  }, { capture: true });

  // A browser may keep a page that was left, to show it again at once: it keeps an empty one.
  window.addEventListener("pagehide", (event) => {
    if (event.persisted) document.body.replaceChildren();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  // --- quick exit ---------------------------------------------------------------------------
  const quick = () => (resting ? location.replace(resting) : vanish("/am/hide", PLACES.hidden));
  let escapes = [];
  window.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    escapes = [...escapes.filter((at) => event.timeStamp - at < 1500), event.timeStamp];
    if (escapes.length >= 3) quick();
  }, { capture: true });

  // --- looks: remembered until the browser closes, without any content ------------------------
  function look(name, isOn) {
    const classes = { veil: "am-veiled", simple: "am-simple", beside: "am-beside" };
    root.classList.toggle(classes[name], isOn);
    for (const button of document.querySelectorAll(`[data-am-look="${name}"]`)) {
      button.setAttribute("aria-pressed", String(isOn));
    }
    const age = isOn ? "" : "; max-age=0";
    document.cookie = `am${location.port}${name[0]}=1; path=${base}/; SameSite=Strict${age}`;
    if (name === "beside") closeMore(true);
    if (name === "simple") {
      window.dispatchEvent(new CustomEvent("amparo-simple", { detail: { on: isOn } }));
    }
  }

  async function changeLanguage(select) {
    if (!(await settled(PATIENCE_MS))) {
      select.value = lang;
      say(top?.dataset.unsaved ?? "");
      return;
    }
    const address = new URL(location.href);
    address.searchParams.set("lang", select.value);
    location.assign(address);
  }

  async function go(link) {
    if (await settled(PATIENCE_MS)) location.assign(link.href);
    else say(top?.dataset.unsaved ?? "");
  }

  async function act(path) {
    if (path === "/am/hide") return vanish(path, PLACES.hidden);
    if (path === "/am/visitors") return vanish(path, PLACES.visitors);
    await settled(FLUSH_MS);
    const answer = await post(path);
    if (!answer.ok) say(answer.text);
    return undefined;
  }

  // --- dialogs ------------------------------------------------------------------------------
  async function openDialog(name) {
    const dialog = /** @type {HTMLDialogElement} */ (document.getElementById(`am-dialog-${name}`));
    closeMore();
    closeDialogs();
    dialog.show();
    for (const node of behind()) node.inert = true;
    if (name !== "kept" && name !== "pin") return;
    try {
      const answer = await fetch(`${base}/am/kept?lang=${lang}`, { cache: "no-store" });
      fill(dialog, await answer.json());
    } catch {
      fill(dialog, { text: top?.dataset.mute ?? "" });
    }
  }
  const behind = () => [...document.body.children].filter(
    (node) => node instanceof HTMLElement && node !== top && !node.matches("dialog, script, style"),
  );
  function closeDialogs() {
    const open = document.querySelector("dialog.am-dialog[open]");
    if (!open) return false;
    for (const node of behind()) node.inert = false;
    open.close();
    open.querySelector("form")?.reset();
    more?.querySelector("summary")?.focus();
    return true;
  }
  function fill(dialog, values) {
    for (const node of dialog.querySelectorAll("[data-am-fill]")) {
      node.textContent = values[node.getAttribute("data-am-fill")] ?? "";
    }
    for (const node of dialog.querySelectorAll("[data-am-if]")) {
      node.toggleAttribute("hidden", !values[node.getAttribute("data-am-if")]);
    }
  }
  const more = /** @type {HTMLDetailsElement | null} */ (document.getElementById("am-more"));
  function closeMore(keepFocus = false) {
    if (!more?.open) return;
    more.open = false;
    if (keepFocus) more.querySelector("summary")?.focus();
  }
  function paperAddress(address) {
    const size = /** @type {HTMLSelectElement} */ (document.getElementById("am-paper-size")).value;
    const step = new URLSearchParams(query()).get("step");
    return `${address}&paper=${size}${address.includes("/forms?") && step ? `&step=${step}` : ""}`;
  }
  function openPaper(address) {
    const paper = window.open(address, "am-paper");
    if (paper) papers.add(paper);
  }
  async function submit(form) {
    const path = form.dataset.amPost;
    const answer = await post(
      form.dataset.amPaper ? paperAddress(`${path}?lang=${lang}`) : path,
      Object.fromEntries(new FormData(form)),
    );
    if (path === "/am/forget" && answer.ok) {
      const remains = form.querySelector("[data-am-remains]")?.textContent ?? "";
      show(answer.text, [remains, ...answer.remains.map((text) => `– ${text}`)]);
      return;
    }
    const box = form.querySelector(".am-answer");
    box.dataset.ok = String(answer.ok);
    box.textContent = answer.place ? `${answer.text} ${answer.place}` : answer.text;
    if (!answer.ok) return;
    form.reset();
    for (const secret of form.querySelectorAll("[data-am-suggested] strong")) secret.textContent = "";
    form.querySelector("[data-am-suggested]")?.setAttribute("hidden", "");
    if (answer.address) openPaper(answer.address);
  }
  async function suggest(button) {
    const form = button.closest("form");
    const box = form.querySelector("[data-am-suggested]");
    try {
      const answer = await fetch(`${base}/am/suggest?lang=${lang}`, { cache: "no-store" });
      box.querySelector("strong").textContent = (await answer.json()).words;
      box.hidden = false;
    } catch {
      say(top?.dataset.mute ?? "");
    }
  }

  // A part asks for its paper here, so that the paper goes when the pages go.
  window.addEventListener("amparo-paper", (event) => {
    event.preventDefault();
    openPaper(/** @type {CustomEvent} */ (event).detail.address);
  });

  // --- one listener for all: pages and parts may come later ----------------------------------
  document.addEventListener("click", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const button = target.closest?.("[data-am-quick],[data-am-act],[data-am-look],[data-am-dialog],[data-am-close],[data-am-print],[data-am-go],[data-am-paper],[data-am-suggest]");
    if (more?.open && !more.contains(target)) closeMore();
    if (!(button instanceof HTMLElement) || button instanceof HTMLFormElement) return;
    const { amQuick, amAct, amLook, amDialog, amClose, amPrint, amGo, amSuggest } = button.dataset;
    if (amQuick !== undefined) quick();
    else if (amAct) act(amAct);
    else if (amLook) look(amLook, button.getAttribute("aria-pressed") !== "true");
    else if (amDialog) openDialog(amDialog);
    else if (amClose !== undefined) closeDialogs();
    else if (amPrint !== undefined) { closeMore(); window.print(); }
    else if (amSuggest !== undefined) suggest(button);
    else if (!event.ctrlKey && !event.metaKey && button instanceof HTMLAnchorElement) {
      event.preventDefault();
      if (amGo !== undefined) go(button);
      else openPaper(paperAddress(button.href));
    }
  });
  document.addEventListener("change", (event) => {
    const control = /** @type {HTMLElement} */ (event.target);
    if (control.matches?.("[data-am-lang]")) changeLanguage(control);
    if (control.matches?.("[data-am-show]")) {
      for (const secret of control.closest("form")?.querySelectorAll(".am-secret") ?? []) {
        secret.classList.toggle("am-shown", /** @type {HTMLInputElement} */ (control).checked);
      }
    }
  });
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLElement} */ (event.target);
    if (!form.matches("[data-am-post]")) return;
    event.preventDefault();
    submit(form);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !closeDialogs()) closeMore(true);
  });
}
