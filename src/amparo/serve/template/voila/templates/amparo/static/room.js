// @ts-check
// The facilitator's page: asks who is there, shows the code while it lives. Numbers only.
"use strict";
{
  const lang = document.documentElement.lang;
  const words = /** @type {HTMLElement} */ (document.getElementById("am-room-words")).dataset;
  const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const picture = /** @type {HTMLImageElement} */ (document.getElementById("am-picture"));
  let left = 0;
  let isSure = "";

  async function post(path, values = {}) {
    try {
      const answer = await fetch(`${path}?lang=${lang}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(values),
        cache: "no-store",
      });
      return await answer.json();
    } catch {
      return { ok: false, text: byId("am-top").dataset.mute ?? "" };
    }
  }
  function say(text) {
    byId("am-room-said").textContent = text;
  }
  async function look() {
    try {
      const answer = await fetch("/am/room", { cache: "no-store" });
      if (answer.ok) draw(await answer.json());
    } catch {
      // The next look says it.
    }
  }
  function span(text, className = "") {
    return Object.assign(document.createElement("span"), { textContent: text, className });
  }
  function entry(one) {
    const item = document.createElement("li");
    const label = document.createElement("strong");
    label.textContent = one.label;
    label.dir = "ltr";
    const when = one.joined
      ? `${words.joined} ${one.joined} · ${one.connected ? words.connected : words.away}`
      : words.invited;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "am-act";
    button.textContent = words.sendAway ?? "";
    button.setAttribute("aria-label", `${words.sendAway} ${one.label}`);
    button.addEventListener("click", async () => {
      button.disabled = true;
      await post("/am/room/dismiss", { number: one.number });
      look();
    });
    const role = words[`role${one.role[0].toUpperCase()}${one.role.slice(1)}`] ?? "";
    const said = span(when, "am-grow");
    said.append(Object.assign(document.createElement("small"), { textContent: role }));
    item.append(label, said, button);
    return item;
  }
  function draw(heard) {
    byId("am-door").hidden = !heard.code;
    byId("am-no-door").hidden = Boolean(heard.code) || !heard.is_open;
    byId("am-stopped").hidden = heard.is_open;
    for (const part of document.querySelectorAll("[data-am-while-open]")) {
      part.toggleAttribute("hidden", !heard.is_open);
    }
    // Shorter to type: the bare address leads to the same page.
    byId("am-address").textContent = heard.address.replace(/\/join$/, "");
    if (heard.code) {
      picture.src = heard.code.picture;
      byId("am-said-code").textContent = heard.code.said;
    } else {
      picture.removeAttribute("src");
      byId("am-said-code").textContent = "";
    }
    left = heard.code ? heard.code.left_s : 0;
    count();
    byId("am-people").replaceChildren(...heard.people.map(entry));
    byId("am-nobody").hidden = heard.people.length > 0;
    byId("am-count").textContent = heard.people.length ? String(heard.people.length) : "";
  }
  function count() {
    const said = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    byId("am-left").textContent = (byId("am-left").dataset.text ?? "").replace("{time}", said);
  }
  setInterval(() => {
    if (left <= 0) return;
    left -= 1;
    count();
    if (left === 0) look();
  }, 1000);

  document.addEventListener("click", async (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const button = target.closest?.("[data-am-room]");
    if (!(button instanceof HTMLButtonElement)) return;
    const { amRoom = "", amSure, amOpen } = button.dataset;
    if (amSure && isSure !== amRoom) {
      // Asked once: a second press means it.
      isSure = amRoom;
      say(amSure);
      return;
    }
    isSure = "";
    const answer = await post(amRoom, { open: amOpen !== undefined });
    say(amSure ? answer.text : "");
    look();
  });
  byId("am-invite").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const answer = await post("/am/room/invite", Object.fromEntries(new FormData(form)));
    byId("am-invited").textContent = answer.ok ? `${answer.label}: ${answer.code}` : answer.text;
    look();
  });
  // bar.js holds the line of this page and hands on what is new.
  window.addEventListener("amparo-heard", (event) => {
    if (/** @type {CustomEvent} */ (event).detail.room) look();
  });
  look();
}
