// @ts-check
// The head of a step: its question, what it is for, the prompts, an example, hints.
import { alive, el, labelOf, saveLine, say, whenWords } from "./common.js";

const LENSES = ["plain", "gender", "collective", "non_state", "root_causes", "care"];

function tag(id) {
  return el("span", { class: `tag tag-${id}` }, labelOf("question_tag", id));
}

function question(one, usual) {
  const help = one.help && !one.help.startsWith("⟦") ? el("p", { class: "hint" }, one.help) : null;
  return el("li", {}, el("p", { class: "ask" }, one.ask, ...(one.tag === usual ? [] : [" ", tag(one.tag)])), help);
}

/** A tag is said once for the step; a question says its own only where it differs. */
function lensList(lens, questions, usual) {
  const own = questions.filter((one) => one.lens === lens);
  if (!own.length) return null;
  const list = el("ul", { class: "questions" }, ...own.map((one) => question(one, usual)));
  if (lens === "plain") return list;
  return el("details", { class: `lens lens-${lens}` }, el("summary", {}, labelOf("lens", lens)), list);
}

function folded(key, lines, className) {
  if (!lines.length || lines[0].startsWith("⟦")) return null;
  return el("details", { class: className }, el("summary", {}, say(key)), el("ul", {}, ...lines.map((line) => el("li", {}, line))));
}

function render({ model, el: element }) {
  const line = saveLine(model);
  let stopDrawing = () => {};
  const body = el("div", { class: "step-head" });
  const draw = () => {
    const view = model.get("view");
    const open = new Set([...body.querySelectorAll("details[open]")].map((one) => one.className));
    body.replaceChildren(...[
      el("h1", { id: "am-head", tabindex: "-1" }, view.title), el("p", { class: "lead" }, view.lead),
      el("p", { class: "kept" }, tag(view.tag), " ", view.kept),
      view.depth === "none" ? el("p", { class: "banner" }, say("part.step_head.not_in_track")) : null,
      ...LENSES.map((lens) => lensList(lens, view.questions, view.tag)),
      folded("part.step_head.example", view.example, "example"),
      folded("part.step_head.mistakes", view.mistakes, "mistakes"),
    ].filter(Boolean));
    for (const one of body.querySelectorAll("details")) one.open = open.has(one.className);
  };
  whenWords(model, () => {
    element.append(body);
    stopDrawing = alive(model, element, line, draw);
  });
  return () => stopDrawing();
}

export default { render };
