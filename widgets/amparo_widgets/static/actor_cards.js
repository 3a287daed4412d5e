// @ts-check
// Cards of kinds of actors: what moves them, what makes it worse, who can talk, never do.
import { alive, el, field, saveLine, say, select, typed, whenWords } from "./common.js";

function bodyOf(card, lists) {
  const columns = lists.map((name) => el("section", { class: `ac-list ac-${name}` }, el("h3", {}, say(`part.actor_cards.${name}`)),
    el("ul", {}, ...card[name].map((text) => el("li", {}, text)))));
  return [card.stop ? el("p", { class: "ac-stop" }, el("strong", {}, say("part.actor_cards.stop")), " ", say("part.actor_cards.stop_why")) : null,
    el("div", { class: "ac-lists" }, ...columns), el("p", { class: "hint" }, say("part.actor_cards.age", { year: card.year }))];
}

function cardOf(card, lists) {
  const names = card.actors.flatMap((label, index) => [index ? " · " : "", typed(label)]);
  return el("details", { class: "card ac-card", "data-card": card.id }, el("summary", {}, el("span", { class: "sentence" }, card.title,
    names.length ? el("span", { class: "ac-who" }, ...names) : null)), ...bodyOf(card, lists).filter(Boolean));
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const view = () => model.get("view");
  let stopDrawing = () => {};
  whenWords(model, () => {
    const mine = el("div", {});
    const empty = el("p", { class: "empty" }, say("part.actor_cards.empty"));
    const other = el("div", {});
    const pairs = [["", say("part.actor_cards.choose")], ...view().cards.map((card) => [card.id, card.title])];
    const box = select(pairs, "", (id) => {
      const card = view().cards.find((one) => one.id === id);
      other.replaceChildren(...(card ? [cardOf(card, view().lists)] : []));
      other.querySelectorAll("details").forEach((one) => { one.open = true; });
    });
    element.append(el("div", { class: "ac" }, el("h2", {}, say("part.actor_cards.title")), el("p", { class: "lead" }, say("part.actor_cards.lead")),
      mine, empty, field(say("part.actor_cards.all"), box), other));
    stopDrawing = alive(model, element, line, () => {
      const open = new Set([...mine.querySelectorAll("details[open]")].map((one) => one.dataset.card));
      const here = view().cards.filter((card) => card.actors.length);
      mine.replaceChildren(...here.map((card) => cardOf(card, view().lists)));
      mine.querySelectorAll("details").forEach((one) => { one.open = open.has(one.dataset.card); });
      empty.hidden = here.length > 0;
    });
  });
  return () => stopDrawing();
}

export default { render };
