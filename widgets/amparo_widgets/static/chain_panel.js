// @ts-check
// What stands below the chain: the chosen node or place, what binds it, which offices reach it.
import { el, field, say, select, typed } from "./common.js";
import { lookup } from "./form.js";
import { blank, recordForm } from "./record_card.js";
import { showRecord } from "./picture.js";

const FIRST = 5;
const SAID = ["whom_it_binds", "how_to_invoke", "harm"];

function leverOf(lever) {
  const offices = lever.offices.map((one) => el("li", {}, one.name, one.old ? el("span", { class: "mc-check" }, say("part.money_chain.check")) : null));
  return el("details", { class: "card" }, el("summary", {}, el("span", { class: "sentence" }, lever.name)),
    el("dl", { class: "mc-said" }, ...SAID.flatMap((name) => [el("dt", {}, say(`part.money_chain.${name}`)), el("dd", {}, lever[name])])),
    offices.length ? el("h4", {}, say("part.money_chain.offices")) : null, offices.length ? el("ul", { class: "mc-offices" }, ...offices) : null,
    el("p", { class: "pic-warn" }, say("part.money_chain.age", { year: lever.year })));
}

function leversOf(ids, levers) {
  return [el("h3", {}, say("part.money_chain.binds")), ids.length ? null : el("p", { class: "hint" }, say("part.money_chain.no_lever")),
    ...ids.slice(0, FIRST).map((id) => leverOf(levers[id])),
    ids.length > FIRST ? el("details", { class: "more" }, el("summary", {}, say("part.money_chain.more", { number: ids.length - FIRST })),
      ...ids.slice(FIRST).map((id) => leverOf(levers[id]))) : null];
}

/** Returns {node, show(stop), follow()}; *stop* is a record id or "place:…". */
export function chainPanel(line, view) {
  const node = el("div", { class: "mc-panel card", hidden: true });
  let chosen = null;
  let shown = "";
  const put = async (actor, place) => {
    await line.send({ type: "save", kind: "actor", id: actor.id, version: actor.version, fields: { chain_role: place } });
  };
  const ofNode = (one) => [
    el("h3", {}, `${one.number}. `, typed(one.label), ` · ${one.type}`),
    one.can_backfire ? el("p", { class: "ac-stop" }, say("part.money_chain.stop")) : null,
    one.guessed ? el("div", { class: "pic-warn" }, el("p", {}, say("part.money_chain.guess", { place: view().places.find((place) => place.id === one.place).label })),
      el("button", { type: "button", onclick: () => put(one, one.place) }, say("part.money_chain.yes"))) : null,
    ...view().ties.filter((tie) => tie.from === one.id || tie.to === one.id).map((tie) => el("p", { class: "mc-tie" }, typed(tie.sentence), tie.unsure ? ` · ${say("part.money_chain.unsure")}` : "")),
    el("button", { type: "button", class: "quiet", onclick: () => showRecord(one.id) }, say("part.money_chain.open")),
    ...leversOf(one.levers, view().levers)];
  const ofPlace = (place) => {
    const holder = el("div", {});
    const pick = select([["", "—"], ...view().free], "", (id) => {
      if (id) put({ id, version: view().free_versions[id] }, place.id);
    });
    const add = el("button", { type: "button", class: "main", onclick: () => {
      const form = recordForm(blank("actor", { chain_role: place.id }), { line, refs: lookup(view), only: ["label", "actor_type", "confidence"], removable: false });
      holder.replaceChildren(form.node);
      form.focus();
    } }, say("part.money_chain.add"));
    holder.append(add);
    return [el("h3", {}, place.label), el("p", {}, place.ask), view().free.length ? field(say("part.money_chain.one_of"), pick) : null, holder,
      ...leversOf(place.levers, view().levers)];
  };
  const parts = () => {
    const one = view().nodes.find((node_) => node_.id === chosen);
    const place = view().places.find((known) => `place:${known.id}` === chosen);
    return one ? ofNode(one) : place ? ofPlace(place) : [];
  };
  const redraw = () => {
    const found = parts().filter(Boolean);
    node.hidden = !found.length;
    node.replaceChildren(...found);
    shown = stateOf();
  };
  // The panel is made anew only when what it is about has changed, never under somebody's hands.
  const stateOf = () => JSON.stringify([chosen, view().nodes.find((one) => one.id === chosen) ?? null, view().ties, view().free.length]);
  const follow = () => {
    if (chosen && shown !== stateOf() && !node.querySelector(".record-form")) redraw();
  };
  const show = (stop) => {
    chosen = stop;
    redraw();
    node.scrollIntoView({ block: "nearest" });
  };
  return { node, show, follow };
}
