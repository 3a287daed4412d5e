// @ts-check
// Below every step: back, "we have finished this", next.
import { alive, el, newId, openScreen, saveLine, say, whenWords } from "./common.js";
import { withIcon } from "./dress.js";
import { onPaper } from "./paper.js";

function render({ model, el: element }) {
  const line = saveLine(model);
  const back = el("button", { type: "button", class: "back" });
  const next = el("button", { type: "button", class: "main next" });
  const done = el("input", { type: "checkbox", id: "am-finished" });
  const label = el("label", { class: "pick", for: "am-finished" }, done);
  const still = el("details", { class: "still", hidden: true });
  let stopDrawing = () => {};
  let stopPrinting = () => {};
  /** What the check-up still finds here: said quietly, never in the way. */
  const showOpen = (found) => {
    const wasOpen = still.open;
    still.hidden = !found.length;
    still.replaceChildren(el("summary", {}, say("part.foot.open", { number: found.length })),
      el("ul", {}, ...found.map((text) => el("li", {}, text))),
      el("button", { type: "button", class: "quiet", onclick: () => openScreen("checkup") }, say("part.foot.all")));
    still.open = wasOpen;
  };
  const draw = () => {
    const { step, order, process, open } = model.get("view");
    showOpen(open ?? []);
    const at = order.indexOf(step);
    back.hidden = at <= 0;
    next.hidden = at < 0 || at === order.length - 1;
    label.hidden = at < 0;
    back.onclick = () => openScreen(order[at - 1]);
    next.onclick = () => openScreen(order[at + 1]);
    done.checked = process?.finished.includes(step) ?? false;
    done.onchange = () => {
      const others = (process?.finished ?? []).filter((one) => one !== step);
      line.send({
        type: "save", kind: "process", id: process?.id ?? newId(), version: process?.version ?? null,
        fields: { finished: done.checked ? [...others, step] : others },
      });
    };
  };
  whenWords(model, () => {
    element.classList.add("am-foot");
    back.append(...withIcon("back", say("part.shell.back")));
    next.append(...withIcon("next", say("part.shell.next")));
    label.append(el("span", {}, say("part.shell.finished")));
    element.append(still, el("div", { class: "foot" }, back, label, next));
    stopDrawing = alive(model, element, line, draw);
    stopPrinting = onPaper(element, () => model.get("view").by_hand);
  });
  return () => {
    stopPrinting();
    stopDrawing();
  };
}

export default { render };
