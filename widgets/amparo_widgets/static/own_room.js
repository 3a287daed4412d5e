// @ts-check
// A room of its own, with its own passphrase: the door, and what may be copied out.
import { alive, el, field, saveLine, say, typed, whenWords } from "./common.js";

function secret(label) {
  // Not type=password: a browser would offer to save it, perhaps in somebody's cloud.
  const input = el("input", {
    type: "text", class: "am-secret", autocomplete: "off", autocapitalize: "none", spellcheck: "false",
  });
  return { input, node: field(label, input) };
}

/** One act behind a passphrase; the words leave the page at once. */
function act(line, doing, title, label, ...more) {
  const words = secret(label);
  const others = more.map((one) => ({ name: one.name, ...secret(one.label) }));
  const told = el("p", { role: "status", class: "waits" });
  const button = el("button", { type: "button", class: "main", onclick: async () => {
    const message = { type: "room", do: doing, passphrase: words.input.value };
    for (const one of others) message[one.name] = one.input.value;
    if (message.again !== undefined && message.again !== message.passphrase) {
      told.textContent = say("part.own_room.differ");
      return;
    }
    delete message.again;
    told.textContent = say("part.own_room.working");
    button.disabled = true;
    const answer = await line.send(message);
    button.disabled = false;
    for (const one of [words, ...others]) one.input.value = "";
    told.textContent = answer.type === "refused" ? answer.text : say("part.own_room.done");
  } }, title);
  return el("div", {}, words.node, ...others.map((one) => one.node), told, button);
}

function outside(line, said) {
  return [
    el("p", { class: "lead" }, say("part.own_room.lead")),
    el("section", { class: "card alone" }, el("h2", {}, say("part.own_room.enter")), act(line, "enter", say("part.own_room.enter"), say("part.form.passphrase"))),
    el("details", { class: "card" }, el("summary", {}, el("span", { class: "sentence" }, say("part.own_room.make"))),
      el("p", {}, said.visible), el("p", {}, said.lost), el("p", {}, say("part.own_room.not_here")),
      act(line, "make", say("part.own_room.make"), say("part.form.passphrase"), { name: "again", label: say("part.form.again") })),
  ];
}

function inside(line, view) {
  const told = el("p", { role: "status", class: "waits" });
  const share = (id) => line.send({ type: "room", do: "share", id }).then((answer) => {
    told.textContent = answer.type === "refused" ? answer.text : say("part.own_room.shared");
  });
  return [
    el("p", { class: "lead" }, say("part.own_room.inside")),
    el("button", { type: "button", class: "main", onclick: () => line.send({ type: "room", do: "leave" }) }, say("part.own_room.leave")),
    el("p", { class: "hint" }, view.said.leaving),
    el("h2", {}, say("part.own_room.share")), el("p", {}, view.said.sharing), told,
    view.entries.length ? el("ul", { class: "changed" }, ...view.entries.map(([id, kind, label]) => el("li", {}, el("span", { class: "tag" }, kind), " ", typed(label), " ",
      el("button", { type: "button", class: "quiet", onclick: () => share(id) }, say("part.own_room.copy")))))
      : el("p", { class: "empty" }, say("part.own_room.nothing")),
    el("details", { class: "card" }, el("summary", {}, el("span", { class: "sentence" }, say("part.own_room.change"))),
      act(line, "change", say("part.own_room.change"), say("part.own_room.old"), { name: "new", label: say("part.own_room.new") })),
    el("details", { class: "card" }, el("summary", {}, el("span", { class: "sentence" }, say("part.own_room.delete"))),
      el("p", {}, say("part.own_room.delete_lead")), act(line, "delete", say("part.own_room.delete"), say("part.form.passphrase"))),
  ];
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const body = el("div", { class: "quick" });
  let side = null;
  let known = "";
  let stopDrawing = () => {};
  const draw = () => {
    const view = model.get("view");
    const now = JSON.stringify(view.entries);
    if (side === view.inside && (now === known || body.contains(document.activeElement))) return;
    side = view.inside;
    known = now;
    body.replaceChildren(el("h1", { id: "am-head", tabindex: "-1" }, say("part.own_room.title")), ...(side ? inside(line, view) : outside(line, view.said)));
  };
  whenWords(model, () => {
    element.append(body);
    stopDrawing = alive(model, element, line, draw);
  });
  return () => stopDrawing();
}

export default { render };
