// @ts-check
// The head of a step: its question, what it is for, the prompts, an example, hints.
import { alive, el, labelOf, saveLine, say, whenWords } from "./common.js";
import { aloud } from "./dress.js";
import { icon } from "./icons.js";
import { pager } from "./pager.js";
import { termButton } from "./terms.js";

const LENSES = ["plain", "gender", "collective", "non_state", "root_causes", "care"];

function tag(id) {
  return el("span", { class: `tag tag-${id}` }, labelOf("question_tag", id));
}

/** A prompt: known words open their meaning; what the group renamed is typed, so it is not read out. */
function asked(one, terms) {
  if (one.own) return el("span", { class: "am-words", dir: "auto" }, one.ask);
  return el("span", {}, ...one.parts.map(([text, term]) => (terms[term] ? termButton(text, terms[term]) : text)));
}

function question(one, view) {
  const help = one.help && !one.help.startsWith("⟦") ? el("p", { class: "hint" }, one.help) : null;
  return el("li", { "data-question": one.id }, el("p", { class: "ask" }, asked(one, view.terms), ...(one.tag === view.tag ? [] : [" ", tag(one.tag)]),
    one.own ? null : aloud(() => [one.ask, help ? one.help : ""])), help);
}

/** Words of this step, where they cannot be found in the sentences themselves. */
function wordList(words) {
  if (!words.length) return null;
  return el("details", { class: "step-words" }, el("summary", {}, say("part.simple.words")),
    el("dl", {}, ...words.flatMap((one) => [el("dt", {}, one.name), el("dd", {}, one.text)])));
}

/** A tag is said once for the step; a question says its own only where it differs. */
function lensList(lens, view) {
  const own = view.questions.filter((one) => one.lens === lens);
  if (!own.length) return null;
  const list = el("ul", { class: "questions" }, ...own.map((one) => question(one, view)));
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
  let pages = null;
  const prompts = () => [...body.querySelectorAll(".questions > li")];
  const unfold = (item) => {
    const lens = item?.closest("details");
    if (lens) lens.open = true;
  };
  const draw = () => {
    const view = model.get("view");
    const open = new Set([...body.querySelectorAll("details[open]")].map((one) => one.className));
    const before = prompts().find((one) => !one.classList.contains("am-away"))?.dataset.question;
    pages ??= pager(prompts, { name: say("part.simple.question"), onShow: unfold });
    // Somebody else's change draws the head anew; whoever stands on the heading stays there.
    const stands = document.activeElement?.id === "am-head" && body.contains(document.activeElement);
    body.replaceChildren(...[
      el("p", { class: "stage-sign" }, icon(`stage_${view.stage}`), say(`ui.stage.${view.stage}`)),
      el("div", { class: "head-line" }, el("h1", { id: "am-head", tabindex: "-1" }, view.title), aloud(() => [view.title, view.lead])),
      el("p", { class: "lead" }, view.lead),
      el("p", { class: "kept" }, tag(view.tag), " ", view.kept),
      view.depth === "none" ? el("p", { class: "banner" }, say("part.step_head.not_in_track")) : null,
      ...LENSES.map((lens) => lensList(lens, view)), pages.node, wordList(view.words),
      folded("part.step_head.example", view.example, "example"),
      folded("part.step_head.mistakes", view.mistakes, "mistakes"),
      el("p", { class: "hint no-voice" }, say("part.simple.no_voice")),
    ].filter(Boolean));
    for (const one of body.querySelectorAll("details")) one.open = open.has(one.className);
    if (stands) body.querySelector("#am-head").focus({ preventScroll: true });
    pages.refresh();
    pages.show(prompts().find((one) => one.dataset.question === before) ?? prompts()[0]);
  };
  whenWords(model, () => {
    element.append(body);
    stopDrawing = alive(model, element, line, draw);
  });
  return () => stopDrawing();
}

export default { render };
