// @ts-check
// Our words: terms and prompts renamed by the group.
import { alive, draft, el, newId, saveLine, say, textInput, whenWords } from "./common.js";
import { notice } from "./notice.js";

function row(line, one, warning) {
  const held = one.held;
  const own = draft(line, "own_word", held?.id ?? newId(), held?.version ?? null,
    (answer, sent) => notice(warning, answer, sent, own), { what: one.what });
  const input = textInput(held?.fields.text ?? "", (text) => own.touch({ text }), { "aria-label": one.usual });
  own.reset = (theirs) => { input.value = theirs.text; };
  let latest = null;
  const update = (next) => {
    latest = null;
    if (!own.clean() || !next.held) return;
    // As in every form: nothing changes under somebody's cursor.
    const isOther = next.held.version !== own.version && next.held.fields.text !== input.value;
    if (isOther && document.activeElement === input) {
      latest = next;
      return;
    }
    own.id = next.held.id;
    own.version = next.held.version;
    if (document.activeElement !== input) input.value = next.held.fields.text;
  };
  input.addEventListener("blur", () => setTimeout(() => { if (latest) update(latest); }));
  return { node: el("div", { class: "own-word" }, el("p", {}, one.usual), input), update };
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const rows = new Map();
  const warning = el("div", { class: "notice", role: "alert", hidden: true });
  let stopDrawing = () => {};
  const put = (one) => {
    const made = row(line, one, warning);
    rows.set(one.what, made);
    return made.node;
  };
  const draw = () => {
    const { terms, steps } = model.get("view");
    for (const one of [...terms, ...steps.flatMap((step) => step.prompts)]) rows.get(one.what)?.update(one);
  };
  whenWords(model, () => {
    const { terms, steps } = model.get("view");
    element.append(
      el("h1", { id: "am-head", tabindex: "-1" }, say("part.own_words.title")),
      el("p", { class: "lead" }, say("part.own_words.lead")), warning,
      el("h2", {}, say("part.own_words.terms")), ...terms.map(put),
      el("h2", {}, say("part.own_words.prompts")),
      ...steps.filter((step) => step.prompts.length).map((step) =>
        el("details", { class: "card" }, el("summary", {}, step.title), ...step.prompts.map(put))),
    );
    stopDrawing = alive(model, element, line, draw);
  });
  return () => stopDrawing();
}

export default { render };
