// @ts-check
// Texts that came too late: both versions, and the choice which one stands.
import { el, say, typed } from "./common.js";

/** One version: its name, then every field in which it differs. */
function lateVersion(key, pairs) {
  return el("div", {}, el("p", { class: "ask" }, say(key)),
    pairs.length ? el("ul", {}, ...pairs.map(([label, words]) => el("li", {}, label, ": ", typed(words))))
      : el("p", {}, "—"));
}

function lateText(one, line) {
  const told = el("p", { role: "alert", class: "notice", hidden: true });
  const forget = () => line.send({ type: "settle", conflict: one.conflict });
  const use = async () => {
    const { kind, id, version: base, fields } = one;
    const answer = await line.send({ type: "save", kind, id, version: base, fields });
    if (answer.type === "ack") return forget();
    told.hidden = false;
    told.textContent = answer.text;
  };
  const isGone = one.version === null;
  const differs = Object.keys(one.fields).length > 0;
  const button = (key, onclick, main) => el("button", { type: "button", class: main ? "main" : "", onclick }, say(key));
  return el("li", { class: "check-item" },
    el("p", {}, one.kind_label, ": ", typed(one.label), ` · ${one.at}`), told,
    isGone ? el("p", {}, say("part.late.gone")) : null,
    differs ? lateVersion("part.late.late", one.late) : el("p", {}, say("part.late.same")),
    differs && !isGone ? lateVersion("part.late.stored", one.stored) : null,
    el("p", { class: "tools" }, differs && !isGone ? button("part.late.use", use, true) : null,
      button("part.late.forget", forget, false)));
}

/** All of them, or nothing when none waits. */
export function lateTexts(texts, line) {
  if (!texts.length) return null;
  return el("section", { class: "card alone check-late", "aria-labelledby": "am-late" }, el("h2", { id: "am-late" }, say("part.late.title")),
    el("p", { class: "lead" }, say("part.late.lead")), el("ul", { class: "check-list" }, ...texts.map((one) => lateText(one, line))));
}
