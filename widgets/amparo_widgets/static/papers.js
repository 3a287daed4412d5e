// @ts-check
// What can be printed, for whom, and what each sheet holds.
import { BASE, alive, el, field, saveLine, say, textInput, whenWords } from "./common.js";
import { readFirst } from "./read_first.js";

const SIZES = ["a4", "letter", "oficio"];

function address(name, audience, paper, lang) {
  const query = new URLSearchParams({ audience, paper, lang });
  return `${BASE}/am/paper/${name}?${query}`;
}

/** The bar opens it, if there is one: then the paper goes when all pages are hidden. */
function openPaper(where) {
  const asked = new CustomEvent("amparo-paper", { cancelable: true, detail: { address: where } });
  if (window.dispatchEvent(asked)) window.open(where, "_blank", "noopener");
}

/** Papers that only the keepers may hold are asked for with an explicit word. */
async function fetchForKeepers(one, paper, lang, word, told) {
  told.textContent = say("part.papers.working");
  try {
    const answer = await fetch(address(one.name, one.audience, paper, lang), {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ word }),
    });
    const said = await answer.json();
    told.textContent = said.text || say("part.papers.refused");
    if (said.ok) openPaper(said.address);
  } catch {
    told.textContent = say("part.papers.refused");
  }
}

function keepersOnly(one, size, lang, ask) {
  const told = el("p", { role: "status", class: "hint" });
  const word = textInput("", () => {}, { maxlength: "40" });
  const button = el("button", { type: "button", onclick: () => fetchForKeepers(one, size(), lang, word.value, told) }, say("part.papers.make"));
  return el("div", {}, el("p", {}, say("part.papers.keepers_only")), field(ask, word), button, told);
}

function paper(one, size, lang, ask) {
  const open = one.for_keepers ? keepersOnly(one, size, lang, ask)
    : one.leaves ? readFirst(() => address(one.name, one.audience, size(), lang), openPaper)
    : el("button", { type: "button", class: one.first ? "main" : "", onclick: () =>
      openPaper(address(one.name, one.audience, size(), lang)) }, say("part.papers.open"));
  return el("section", { class: "card alone paper" }, el("h2", {}, say(`part.papers.${one.name}`)),
    el("p", { class: "lead" }, say(`part.papers.${one.name}.lead`)), open);
}

/** Only where a server of ours is: it makes the page. */
function readers(lang) {
  if (!document.getElementById("am-top")) return null;
  const link = el("a", { class: "as-button", href: `${BASE}/am/readers?lang=${lang}`, "data-am-go": "" }, say("part.papers.readers"));
  return el("section", { class: "card alone paper" }, el("p", { class: "lead" }, say("part.papers.readers.lead")), link);
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const body = el("div", {});
  let chosen = null;
  let stopDrawing = () => {};
  const draw = () => {
    const { ask, papers, size } = model.get("view");
    if (body.contains(document.activeElement)) return;
    chosen ??= size;
    const sizes = el("select", { "aria-label": say("part.papers.size") }, ...SIZES.map((id) => el("option", { value: id }, say(`part.papers.size.${id}`))));
    sizes.value = chosen;
    sizes.addEventListener("change", () => { chosen = sizes.value; });
    body.replaceChildren(el("h1", { id: "am-head", tabindex: "-1" }, say("part.papers.title")),
      el("p", { class: "lead" }, say("part.papers.lead")),
      el("div", { class: "field start-size" }, el("label", {}, say("part.papers.size")), sizes),
      ...[readers(model.get("lang"))].filter(Boolean),
      ...papers.map((one) => paper(one, () => chosen, model.get("lang"), ask)));
  };
  whenWords(model, () => {
    element.append(body);
    stopDrawing = alive(model, element, line, draw);
  });
  return () => stopDrawing();
}

export default { render };
