// @ts-check
// What can be printed, for whom, and what each sheet holds.
import { alive, el, saveLine, say, whenWords } from "./common.js";

const SIZES = ["a4", "letter", "oficio"];

function address(name, audience, paper, lang) {
  const query = new URLSearchParams({ audience, paper, lang });
  return `/am/paper/${name}?${query}`;
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

function keepersOnly(one, size, lang) {
  const told = el("p", { role: "status", class: "hint" });
  const agree = el("input", { type: "checkbox" });
  const button = el("button", { type: "button", disabled: true, onclick: () =>
    fetchForKeepers(one, size(), lang, "keepers", told) }, say("part.papers.make"));
  agree.addEventListener("change", () => { button.disabled = !agree.checked; });
  return el("div", {}, el("label", { class: "pick" }, agree, el("span", {}, say("part.papers.keepers_only"))), button, told);
}

function paper(one, size, lang) {
  const open = one.for_keepers ? keepersOnly(one, size, lang)
    : el("button", { type: "button", class: one.first ? "main" : "", onclick: () =>
      openPaper(address(one.name, one.audience, size(), lang)) }, say("part.papers.open"));
  return el("section", { class: "card alone paper" }, el("h2", {}, say(`part.papers.${one.name}`)),
    el("p", { class: "lead" }, say(`part.papers.${one.name}.lead`)), open);
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const body = el("div", {});
  let chosen = null;
  let stopDrawing = () => {};
  const draw = () => {
    const { papers, size } = model.get("view");
    chosen ??= size;
    const sizes = el("select", { "aria-label": say("part.papers.size") }, ...SIZES.map((id) => el("option", { value: id }, say(`part.papers.size.${id}`))));
    sizes.value = chosen;
    sizes.addEventListener("change", () => { chosen = sizes.value; });
    body.replaceChildren(el("h1", { id: "am-head", tabindex: "-1" }, say("part.papers.title")),
      el("p", { class: "lead" }, say("part.papers.lead")),
      el("div", { class: "field start-size" }, el("label", {}, say("part.papers.size")), sizes),
      ...papers.map((one) => paper(one, () => chosen, model.get("lang"))));
  };
  whenWords(model, () => {
    element.append(body);
    stopDrawing = alive(model, element, line, draw);
  });
  return () => stopDrawing();
}

export default { render };
