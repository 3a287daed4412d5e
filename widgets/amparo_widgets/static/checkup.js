// @ts-check
// The check-up: what is open, how pressing it is, why it matters, and the way to mend it.
import { alive, el, labelOf, newId, openScreen, saveLine, say, typed, whenWords } from "./common.js";
import { lateTexts } from "./late.js";

const SEVERITIES = ["now", "soon", "consider"];
const MARKS = { now: "!", soon: "›", consider: "?" };

/** The same sentence about several records stands once, with one button for each record. */
function gathered(results) {
  const groups = new Map();
  for (const one of results) {
    const key = `${one.rule} ${one.text}`;
    if (!groups.has(key)) groups.set(key, { ...one, key, places: [] });
    groups.get(key).places.push(one);
  }
  return [...groups.values()];
}

function mend(one, describedBy) {
  const label = one.label ? el("span", {}, ": ", typed(one.label)) : null;
  return el("li", {}, el("button", {
    type: "button", "aria-describedby": describedBy, onclick: () => openScreen(one.step, one.record_id),
  }, say("part.checkup.mend"), label));
}

function item(group, opened) {
  const id = `c${newId()}`;
  const why = el("details", { "data-key": group.key }, el("summary", {}, say("part.checkup.why")),
    el("p", {}, group.why), group.do ? el("p", {}, group.do) : null);
  why.open = opened.has(group.key);
  return el("li", { class: "check-item" }, el("p", { id, class: "ask" }, group.text), why,
    el("ul", { class: "chips" }, ...group.places.map((one) => mend(one, id))));
}

function section(severity, results, opened) {
  const own = gathered(results.filter((one) => one.severity === severity));
  if (!own.length) return null;
  return el("section", { class: `card alone check-${severity}` },
    el("h2", {}, el("span", { class: "check-mark", "aria-hidden": "true" }, MARKS[severity]), say(`part.checkup.${severity}`)),
    el("p", { class: "lead" }, say(`part.checkup.${severity}.lead`)),
    el("ul", { class: "check-list" }, ...own.map((group) => item(group, opened))));
}

function nothing(view) {
  if (view.results.length) return null;
  const key = view.empty ? "part.checkup.empty" : "part.checkup.none";
  return el("div", { class: "empty" }, el("p", {}, say(key)), el("p", {}, say("part.checkup.none.next")));
}

function asked(questions, opened) {
  const node = el("details", { class: "card", "data-key": "asked" }, el("summary", {}, say("part.checkup.asked")),
    el("p", { class: "lead" }, say("part.checkup.asked.lead")),
    el("ul", { class: "questions" }, ...questions.map((one) =>
      el("li", {}, el("p", { class: "ask" }, one.ask), el("p", { class: "hint" }, one.why)))));
  node.open = opened.has("asked");
  return node;
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const tally = el("p", { role: "status", class: "check-tally" });
  const body = el("div", {});
  let stopDrawing = () => {};
  const draw = () => {
    const view = model.get("view");
    const opened = new Set([...body.querySelectorAll("details[open]")].map((one) => one.dataset.key));
    const counted = SEVERITIES.map((name) => say("part.checkup.count", {
      name: say(`part.checkup.${name}`), number: view.counts[name],
    })).join(" · ");
    tally.textContent = counted;
    body.replaceChildren(...[
      lateTexts(view.late, line), nothing(view), ...SEVERITIES.map((name) => section(name, view.results, opened)), asked(view.asked, opened),
    ].filter(Boolean));
  };
  whenWords(model, () => {
    element.append(el("h1", { id: "am-head", tabindex: "-1" }, say("part.checkup.title")),
      el("p", { class: "kept" }, el("span", { class: "tag tag-keepers_only" }, labelOf("question_tag", "keepers_only"))),
      el("p", { class: "lead" }, say("part.checkup.lead")), tally, body);
    stopDrawing = alive(model, element, line, draw);
  });
  return () => stopDrawing();
}

export default { render };
