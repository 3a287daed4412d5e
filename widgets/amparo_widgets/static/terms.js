// @ts-check
// A word of the trade as a dotted button; its short meaning opens in a sheet that blocks nothing.
import { el, newId, say } from "./common.js";
import { aloud } from "./dress.js";

let termSheet = null;

function closeTerm() {
  termSheet?.node.remove();
  const asked = termSheet?.asked;
  termSheet = null;
  asked?.setAttribute("aria-expanded", "false");
  asked?.focus();
}

/** Not modal: Quick exit stays in reach. */
function openTerm(asked, term) {
  const again = termSheet?.asked === asked;
  closeTerm();
  if (again) return;
  const id = `t${newId()}`;
  const shut = el("button", { type: "button", class: "quiet", onclick: closeTerm }, say("part.simple.close"));
  const node = el("dialog", { class: "term-sheet", "aria-labelledby": id },
    el("h2", { id }, term.name), el("p", {}, term.text), el("div", { class: "term-foot" }, aloud(() => [term.name, term.text]), shut));
  termSheet = { node, asked };
  asked.setAttribute("aria-expanded", "true");
  (asked.closest(".amparo-part") ?? document.body).append(node);
  node.show();
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeTerm();
  });
  shut.focus();
}

/** The button for *words* of a sentence that mean *term* {name, text}. */
export function termButton(words, term) {
  const button = el("button", { type: "button", class: "term", "aria-expanded": "false", "aria-haspopup": "dialog",
    onclick: () => openTerm(button, term) }, words);
  return button;
}
