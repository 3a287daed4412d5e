// @ts-check
// The emergency sheet: written in nine parts, seen beside it as it will be printed.
import { alive, el, saveLine, say, typed, whenWords } from "./common.js";
import { lookup } from "./form.js";
import { listFirst, onShowRecord } from "./picture.js";
import { recordAlone } from "./record_card.js";

const NEVER = ["names", "places", "numbers", "links", "marks"];

function lineOf([lead, text, numbered, blank], index) {
  return el("p", { class: blank ? "sheet-blank" : "" },
    numbered ? `${index}. ` : null, lead ? el("strong", {}, lead, " ") : null, typed(text));
}

/** One box of the paper; numbers count only the numbered lines. */
function boxOf(part) {
  let number = 0;
  return el("div", { class: `sheet-part sheet-part-${part.letter || "head"}` },
    part.title ? el("p", { class: "sheet-title" }, el("strong", {}, part.title)) : null,
    ...part.lines.map((one) => {
      if (one[2]) number += 1;
      return lineOf(one, number);
    }));
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const view = () => model.get("view");
  const count = el("p", { role: "status", class: "sheet-count" });
  const bar = el("progress", { "aria-hidden": "true", class: "sheet-bar" });
  const over = el("p", { class: "pic-warn" });
  const paper = el("div", { class: "sheet-paper", role: "group" });
  let form = null;
  let stopDrawing = () => {};
  const draw = () => {
    const now = view();
    form.draw(now.sheet);
    count.textContent = say("part.sheet_editor.count", { words: now.words, most: now.most });
    bar.max = now.most;
    bar.value = Math.min(now.words, now.most);
    over.hidden = now.words <= now.most;
    over.textContent = say("part.sheet_editor.over", { number: now.words - now.most });
    paper.replaceChildren(...now.parts.map(boxOf));
  };
  whenWords(model, () => {
    const sections = view().sections.filter(([, names]) => names.length)
      .map(([name, names]) => [say(`part.sheet_editor.section.${name}`), names]);
    form = recordAlone("sheet", { line, refs: lookup(view), sections });
    paper.setAttribute("aria-label", say("part.sheet_editor.paper"));
    const never = el("details", { class: "card" }, el("summary", {}, say("part.sheet_editor.never")),
      el("ul", {}, ...NEVER.map((one) => el("li", {}, say(`part.sheet_editor.never.${one}`)))));
    element.append(el("h2", {}, say("part.sheet_editor.title")), el("p", { class: "lead" }, say("part.sheet_editor.lead")),
      listFirst(el("div", {}, never, form.node), el("div", { class: "pic-box" }, count, bar, over, paper)));
    const stopShowing = onShowRecord([form]);
    const stop = alive(model, element, line, draw);
    stopDrawing = () => { stopShowing(); stop(); };
  });
  return () => stopDrawing();
}

export default { render };
