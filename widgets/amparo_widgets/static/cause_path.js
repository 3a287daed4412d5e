// @ts-check
// Paths to causes: seven stones from the cause to the first small win, each card one path.
import { alive, el, formOf, saveLine, say, select, typed, whenWords } from "./common.js";
import { control, lookup } from "./form.js";
import { recordList } from "./record_card.js";
import { onShowRecord } from "./picture.js";

const SAID = ["whom_it_binds", "how_to_invoke", "harm"];
const LONGEST = 300;

function leverWords(lever) {
  return [...SAID.flatMap((name) => [el("dt", {}, say(`part.cause_path.${name}`)), el("dd", {}, lever[name])])];
}

/** The lever in own words, with known levers to read about and to copy. */
function leverControl(view) {
  return (spec, value, onChange, refs) => {
    let text = value ?? "";
    const own = control(spec, value, (next) => {
      text = next;
      onChange(next);
    }, refs);
    const said = el("div", { class: "cp-lever", hidden: true });
    const pairs = [["", say("part.cause_path.choose")], ...view().levers.map((one) => [one.id, one.name])];
    const box = select(pairs, "", (id) => read(view().levers.find((one) => one.id === id)), { "aria-label": say("part.cause_path.lever") });
    const take = (lever) => {
      text = (text.trim() ? `${text.trim()}; ${lever.name}` : lever.name).slice(0, LONGEST);
      own.set(text);
      onChange(text);
      own.focus();
    };
    const read = (lever) => {
      said.hidden = !lever;
      if (!lever) return said.replaceChildren();
      said.replaceChildren(el("dl", {}, ...leverWords(lever)),
        el("p", { class: "pic-warn" }, lever.old ? `${say("part.cause_path.old")} ` : "", say("part.cause_path.check", { year: lever.year })),
        el("button", { type: "button", onclick: () => take(lever) }, say("part.cause_path.take")));
    };
    const more = el("details", { class: "cp-levers" }, el("summary", {}, say("part.cause_path.levers")), box, said);
    const set = (next) => {
      text = next ?? "";
      own.set(next);
    };
    return { spec, node: el("div", {}, own.node, more), set, focus: own.focus };
  };
}

/** The seven stones of a closed card: what is laid is filled, what is not yet is dashed. */
function strip(path, view, labels) {
  return el("ol", { class: "cp-strip" }, ...view.stones.map((name, index) => {
    const words = path.words[name];
    return el("li", { class: words ? "cp-stone" : "cp-stone open" },
      el("span", { class: "cp-number", "aria-hidden": "true" }, String(index + 1)),
      el("span", { class: "cp-what" }, labels[name]), words ? typed(words) : el("span", { class: "cp-gap" }, "—"));
  }));
}

function openCauses(view, list) {
  return view.open.map((driver) => el("div", { class: "pic-warn" },
    el("p", {}, say("part.cause_path.no_path"), " ", typed(driver.label)),
    el("button", { type: "button", onclick: () => list.add({ driver_id: driver.id }) }, say("part.cause_path.begin"))));
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const view = () => model.get("view");
  let stopDrawing = () => {};
  whenWords(model, () => {
    const labels = Object.fromEntries(formOf("cause_path").fields.map((one) => [one.name, one.label]));
    const decorate = (box, record) => {
      const path = view().paths[record.id];
      box.replaceChildren(...(path ? [el("span", { class: "tag" }, say("part.cause_path.stones", { number: path.laid })),
        strip(path, view(), labels)] : []));
    };
    const list = recordList("cause_path", { line, refs: lookup(view), decorate, shown: view().stones.length, controls: { lever: leverControl(view) } });
    const open = el("div", {});
    element.append(el("div", { class: "cp" }, el("h2", {}, say("part.cause_path.title")),
      el("p", { class: "lead" }, say("part.cause_path.lead")), open, list.node));
    const stopShowing = onShowRecord([list]);
    const stop = alive(model, element, line, () => {
      list.draw(view().records);
      open.replaceChildren(...openCauses(view(), list));
    });
    stopDrawing = () => {
      stopShowing();
      stop();
    };
  });
  return () => stopDrawing();
}

export default { render };
