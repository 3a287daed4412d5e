// @ts-check
// What each one does on a bad day, and sentences of the catalogue that may become steps.
import { alive, el, formOf, saveLine, say, select, whenWords } from "./common.js";
import { lookup } from "./form.js";
import { listFirst, onShowRecord } from "./picture.js";
import { recordList } from "./record_card.js";

function decorate(extra, record) {
  const { top, practised_on: on } = record.fields;
  extra.replaceChildren(...[top ? say("part.protocols.top") : null, on ? null : say("part.protocols.unpractised")]
    .filter(Boolean).map((one) => el("span", { class: "tag" }, one)));
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const view = () => model.get("view");
  const box = el("div", { class: "pic-box" });
  const said = el("p", { role: "status", class: "hint" });
  const ideas = el("div", {});
  const born = new Map();
  let list = null;
  let event = null;
  let stopDrawing = () => {};
  const events = () => formOf("protocol").fields.find((one) => one.name === "event").options;
  const cardFor = () => {
    const held = view().protocols.find((one) => one.fields.event === event);
    const card = list.card(held?.id ?? born.get(event)?.id ?? "");
    if (card) return card;
    const [, label] = events().find(([id]) => id === event);
    const made = list.add({ event, title: label });
    born.set(event, { id: made.node.dataset.record });
    return made;
  };
  const take = (text, button) => {
    const card = cardFor();
    card.node.open = true;
    card.touch("steps", [...(card.values.steps ?? []), { does: text, role: null }]);
    said.textContent = say("part.protocols.taken");
    button.disabled = true;
    button.focus();
  };
  const ideaOf = (one) => el("div", { class: "protocol-idea" }, el("h4", {}, one.title),
    el("ul", {}, ...one.lines.map((text) => {
      const button = el("button", { type: "button", class: "quiet small", "aria-label": `${say("part.protocols.take")}: ${text}`,
        onclick: () => take(text, button) }, say("part.protocols.take"));
      return el("li", {}, el("span", {}, text), button);
    })),
    el("p", { class: "protocol-caveat" }, el("strong", {}, say("part.protocols.caveat")), " ", one.caveats));
  const showIdeas = () => {
    const found = view().ideas[event] ?? [];
    ideas.replaceChildren(...(found.length ? found.map(ideaOf) : [el("p", { class: "hint" }, say("part.protocols.no_ideas"))]));
  };
  const draw = () => {
    list.draw(view().protocols);
    const first = view().protocols[0]?.fields.event ?? events()[0][0];
    if (event === null) {
      event = first;
      box.querySelector("select").value = event;
      showIdeas();
    }
  };
  whenWords(model, () => {
    list = recordList("protocol", { line, refs: lookup(view), decorate, sections: [
      [say("part.protocols.section.steps"), ["event", "title", "steps"]],
      [say("part.protocols.section.use"), ["top", "practised_on", "threat_ids"]],
    ] });
    const id = "protocol-event";
    box.append(el("h3", {}, say("part.protocols.ideas")), el("p", { class: "hint" }, say("part.protocols.ideas.lead")),
      el("label", { for: id }, say("part.protocols.event")),
      select(events(), null, (value) => { event = value; said.textContent = ""; showIdeas(); }, { id }), said, ideas);
    element.append(el("h2", {}, formOf("protocol").many), el("p", { class: "lead" }, say("part.protocols.lead")), listFirst(list.node, box));
    const stopShowing = onShowRecord([list]);
    const stop = alive(model, element, line, draw);
    stopDrawing = () => { stopShowing(); stop(); };
  });
  return () => stopDrawing();
}

export default { render };
