// @ts-check
// Which threat is looked at: one tab a threat, the letter and the sentence. Shared by two parts.
import { el, openScreen, say, typed } from "./common.js";
import { veiledName } from "./veil.js";

/** Return the tabs; *choose* gets the id of the threat that was picked. */
export function threatTabs(view, choose) {
  if (!view.threats.length) {
    return el("div", { class: "empty" }, el("p", {}, say("part.threat_tabs.none")),
      el("button", { type: "button", class: "main", onclick: () => openScreen("s6") }, say("part.threat_tabs.write")));
  }
  const pick = (step) => {
    const at = view.threats.findIndex(([id]) => id === view.threat);
    const next = view.threats[(at + step + view.threats.length) % view.threats.length];
    choose(next[0]);
  };
  const tabs = el("div", { class: "threat-tabs", role: "group", "aria-label": say("part.threat_tabs.label") },
    ...view.threats.map(([id, letter, label]) => veiledName(veiledName(el("button", {
      type: "button", class: "letter-tab",
      "aria-pressed": id === view.threat ? "true" : "false", "aria-current": id === view.threat ? "true" : false, onclick: () => choose(id),
    }, letter), "title", label), "aria-label", label, `${letter}. `)));
  tabs.addEventListener("keydown", (event) => {
    const forward = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = document.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
    if (event.key === forward) pick(1);
    if (event.key === back) pick(-1);
  });
  return el("div", {}, tabs, el("p", { class: "threat-sentence" }, typed(view.sentence)));
}
