// @ts-check
// The wall: cards of everybody, cards of one's own. "Saved" is said when the keeper has said it.
"use strict";
{
  const root = document.documentElement;
  const lang = root.lang;
  const PLACES = { hidden: "/quiet", visitors: "/lesson", locked: "/locked" };
  const AGAIN_MS = 1500;
  const PATIENCE_MS = 8000;
  // All phones hear at the same moment; they need not ask at the same moment.
  const SPREAD_MS = 400;
  const words = /** @type {HTMLElement} */ (document.getElementById("am-words")).dataset;
  const byId = (id) => document.getElementById(id);
  const form = /** @type {HTMLFormElement | null} */ (byId("am-card"));
  const field = /** @type {HTMLTextAreaElement | null} */ (byId("am-text"));
  const state = byId("am-state");
  const away = /** @type {HTMLElement} */ (byId("am-away"));
  /** the card that is being changed, or null for a new one */
  let changing = null;
  let isLeaving = false;

  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  function mark() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  function el(tag, className, text = "") {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }
  function say(text, ok) {
    if (!state) return;
    state.dataset.ok = String(ok);
    state.textContent = text;
  }

  // --- leaving --------------------------------------------------------------------------------
  function clear() {
    isLeaving = true;
    document.body.replaceChildren();
  }
  function leave(mode) {
    if (isLeaving) return;
    const gone = words.gone ?? "";
    clear();
    if (mode in PLACES) location.replace(`${PLACES[mode]}?lang=${lang}`);
    else document.body.append(el("p", "am-note", gone));
  }
  function quick() {
    if (isLeaving) return;
    clear();
    location.replace(`/quiet?lang=${lang}`);
  }
  let escapes = [];
  window.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    escapes = [...escapes.filter((at) => event.timeStamp - at < 1500), event.timeStamp];
    if (escapes.length >= 3) quick();
  }, { capture: true });
  // A browser may keep a page that was left, to show it again at once: it keeps an empty one.
  window.addEventListener("pagehide", (event) => {
    if (event.persisted) document.body.replaceChildren();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  // --- talking --------------------------------------------------------------------------------
  async function ask(path, values) {
    const how = values === undefined
      ? { cache: "no-store" }
      : {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(values),
        cache: "no-store",
      };
    const answer = await fetch(`${path}?lang=${lang}`, {
      ...how,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (answer.status === 401) {
      leave("ended");
      throw new Error("gone");
    }
    if (answer.status === 423) location.replace("/");
    return answer.json();
  }

  let isLooking = false;
  let looksAgain = false;
  async function look() {
    if (isLeaving) return;
    if (isLooking) {
      looksAgain = true;
      return;
    }
    isLooking = true;
    try {
      const heard = await ask("/am/wall");
      if (heard.ok) draw(heard);
    } catch {
      // The line tells when the server is back; then it looks again.
    }
    isLooking = false;
    if (looksAgain) {
      looksAgain = false;
      look();
    }
  }

  /** Send one card until it is answered; the mark lets the server carry it out once. */
  async function send(card) {
    const order = { once: mark(), ...card };
    while (!isLeaving) {
      try {
        return await ask("/am/card", order);
      } catch {
        if (isLeaving) break;
        say(words.unsaved ?? "", false);
        await pause(AGAIN_MS);
      }
    }
    return { ok: false, text: "" };
  }

  let sending = Promise.resolve();
  function write(card, done) {
    say(words.saving ?? "", true);
    sending = sending.then(async () => {
      const heard = await send(card);
      if (isLeaving) return;
      say(heard.ok ? `${words.saved} ${heard.at}` : heard.text, heard.ok);
      if (heard.ok) done?.();
      await look();
    });
  }

  // --- drawing: every word as text, never as markup ---------------------------------------------
  function cardOf(card) {
    const box = el("li", "");
    const text = el("p", "", card.text);
    text.dir = "auto";
    box.append(el("p", "am-about", words[`about${card.prompt[0].toUpperCase()}${card.prompt.slice(1)}`]), text);
    return box;
  }
  function button(text, act) {
    const made = el("button", "am-button", text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }
  function ownCard(card) {
    const box = cardOf(card);
    const where = { own: words.kept, wall: words.hanging, taken: words.taken, set_aside: words.setAside };
    box.append(el("p", "am-about", where[card.place]));
    const row = el("div", "am-row");
    const moved = (place) => write({ id: card.id, version: card.version, prompt: card.prompt, text: card.text, place });
    if (card.place === "own") row.append(button(words.hang, () => moved("wall")));
    if (card.place === "wall") row.append(button(words.takeBack, () => moved("own")));
    if (card.place === "own" || card.place === "wall") row.append(button(words.change, () => change(card)));
    if (row.childElementCount) box.append(row);
    return box;
  }
  function change(card) {
    if (!form || !field) return;
    changing = card;
    field.value = card.text;
    const radio = form.querySelector(`input[value="${card.prompt}"]`);
    if (radio instanceof HTMLInputElement) radio.checked = true;
    field.focus();
    form.scrollIntoView({ block: "start" });
  }
  /** which card a box shows; it goes with its box, so nothing is held when the page is emptied */
  const said = new WeakMap();
  /** Show these cards: one that has not changed stays where it is, and nobody loses the focus. */
  function fill(id, cards, make) {
    const list = byId(id);
    if (!list) return;
    const focused = document.activeElement?.closest("li");
    const held = focused && list.contains(focused) ? JSON.parse(said.get(focused)).id : null;
    const before = new Map([...list.children].map((box) => [said.get(box), box]));
    const now = cards.map((card) => {
      const key = JSON.stringify(card);
      const box = before.get(key) ?? make(card);
      before.delete(key);
      said.set(box, key);
      return box;
    });
    // What is gone goes first: a box that is moved loses the focus.
    for (const box of before.values()) box.remove();
    now.forEach((box, place) => {
      const there = list.children[place] ?? null;
      if (box !== there) list.insertBefore(box, there);
    });
    // The button that was pressed belonged to the card as it was; its place is in the card as it is.
    if (held !== null && !list.contains(document.activeElement)) {
      now.find((box) => JSON.parse(said.get(box)).id === held)?.querySelector("button")?.focus();
    }
    byId(`${id}-none`)?.toggleAttribute("hidden", cards.length > 0);
  }
  function draw(heard) {
    fill("am-all", heard.cards, cardOf);
    fill("am-mine", heard.own, ownCard);
    let isWritten = false;
    for (const part of document.querySelectorAll("[data-am-sheet]")) {
      const value = heard.sheet?.[part.getAttribute("data-am-sheet") ?? ""] ?? [];
      const lines = (Array.isArray(value) ? value : [value]).filter(Boolean);
      const items = lines.map((line) => {
        const item = el("li", "", line);
        item.dir = "auto";
        return item;
      });
      part.querySelector("ul")?.replaceChildren(...items);
      part.toggleAttribute("hidden", !lines.length);
      isWritten ||= lines.length > 0;
    }
    byId("am-sheet")?.toggleAttribute("hidden", !isWritten);
  }

  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!field) return;
    const text = field.value.replace(/\s+/g, " ").trim();
    if (!text) {
      say(words.empty ?? "", false);
      field.focus();
      return;
    }
    const pressed = /** @type {SubmitEvent} */ (event).submitter?.getAttribute("data-am-place");
    const prompt = new FormData(form).get("prompt");
    const typed = field.value;
    write({
      id: changing?.id ?? mark(),
      version: changing?.version ?? null,
      prompt,
      text,
      place: pressed === "wall" ? "wall" : "own",
    }, () => {
      changing = null;
      // What was typed meanwhile stays.
      if (field.value === typed) field.value = "";
    });
  });
  document.addEventListener("click", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (target.closest?.("[data-am-quick]")) quick();
  });

  // --- the line to the server -------------------------------------------------------------------
  let line = /** @type {WebSocket | null} */ (null);
  let touchedAt = 0;
  function watch() {
    if (isLeaving) return;
    line = new WebSocket(`${location.origin.replace("http", "ws")}/am/watch`);
    line.addEventListener("open", () => {
      away.hidden = true;
      look();
    });
    line.addEventListener("message", (event) => {
      const heard = JSON.parse(event.data);
      if (heard.mode && heard.mode !== "open") leave(heard.mode);
      else if (heard.wall) setTimeout(look, Math.random() * SPREAD_MS);
    });
    line.addEventListener("close", () => {
      if (isLeaving) return;
      away.hidden = false;
      // Sent away while nothing could be heard: the answer to this says so.
      look();
      setTimeout(watch, 1000 + Math.random() * 1000);
    });
  }
  for (const kind of ["pointerdown", "keydown", "input", "scroll"]) {
    window.addEventListener(kind, () => {
      if (Date.now() - touchedAt < 15000 || line?.readyState !== 1) return;
      touchedAt = Date.now();
      line.send("i");
    }, { capture: true, passive: true });
  }
  watch();
}
