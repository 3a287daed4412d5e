// @ts-check
// A 20-minute tabletop from the group's own sheet: six timed cards and an observer's list.
import { alive, el, formOf, openScreen, saveLine, say, whenWords } from "./common.js";
import { lookup } from "./form.js";
import { recordList } from "./record_card.js";

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const view = () => model.get("view");
  const cards = el("ol", { class: "drill-cards" });
  const time = el("output", { class: "drill-clock", dir: "ltr" }, "0:00");
  const told = el("p", { role: "status" });
  let seconds = 0;
  let ticking = 0;
  let known = "";
  let stopDrawing = () => {};
  const show = () => {
    const passed = view().cards.filter((one) => one.minute * 60 <= seconds).length;
    time.textContent = clock(seconds);
    [...cards.children].forEach((node, index) => {
      node.classList.toggle("laid", index < passed);
      node.toggleAttribute("aria-current", index === passed - 1);
    });
    const text = say("part.drill_maker.now", { number: passed });
    if (told.textContent !== text && ticking) told.textContent = text;
    if (seconds >= view().end * 60) stop(say("part.drill_maker.over"));
  };
  const stop = (text) => {
    clearInterval(ticking);
    ticking = 0;
    start.textContent = say("part.drill_maker.start");
    if (text) told.textContent = text;
  };
  const start = el("button", { type: "button", class: "main", onclick: () => {
    if (ticking) return stop("");
    if (seconds >= view().end * 60) seconds = 0;
    start.textContent = say("part.drill_maker.pause");
    ticking = setInterval(() => { seconds += 1; show(); }, 1000);
    show();
  } });
  const ahead = el("button", { type: "button", onclick: () => {
    const next = view().cards.find((one) => one.minute * 60 > seconds);
    seconds = (next ? next.minute : view().end) * 60;
    show();
  } });
  whenWords(model, () => {
    start.textContent = say("part.drill_maker.start");
    ahead.textContent = say("part.drill_maker.next_card");
    const drills = recordList("drill", { line, refs: lookup(view), given: () => ({ on: view().today, announced: true }) });
    const watch = el("ul", { class: "watch" });
    const missing = el("p", { class: "notice" }, say("part.drill_maker.not_ready"), " ",
      el("button", { type: "button", onclick: () => openScreen("quick") }, say("part.shell.screen.quick")));
    const draw = () => {
      const now = view();
      missing.hidden = now.ready;
      const all = JSON.stringify([now.cards, now.watch]);
      if (all !== known) {
        known = all;
        cards.replaceChildren(...now.cards.map((one) => el("li", { class: "card alone" }, el("bdi", { class: "tag" }, clock(one.minute * 60)),
          el("p", { class: "drill-text am-words", dir: "auto" }, one.text), el("p", { class: "hint" }, one.ask))));
        watch.replaceChildren(...now.watch.map((text) => el("li", {}, el("label", { class: "pick" }, el("input", { type: "checkbox" }), el("span", {}, text)))));
        show();
      }
      drills.draw(now.drills);
    };
    element.append(el("h1", { id: "am-head", tabindex: "-1" }, say("part.drill_maker.title")), el("p", { class: "lead" }, say("part.drill_maker.lead")), missing,
      el("div", { class: "start-go" }, time, start, ahead, el("button", { type: "button", class: "quiet", onclick: () => window.print() }, say("part.drill_maker.print"))),
      told, cards, el("h2", {}, say("part.drill_maker.observer")), el("p", { class: "hint" }, say("part.drill_maker.observer_lead")), watch,
      el("h2", {}, formOf("drill").many), drills.node);
    stopDrawing = alive(model, element, line, draw);
  });
  return () => { clearInterval(ticking); stopDrawing(); };
}

export default { render };
