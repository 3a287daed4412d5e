// @ts-check
// A day to pick, and the same day in words below it: the browser writes days its own way, and
// 3/5 is May to some and March to others.
import { el, shelf } from "./common.js";
import { localeDay } from "./locale_format.js";

/** Return {input, said, set(iso)}; *onChange* gets "2027-05-03" or null. */
export function dayInput(value, onChange, attributes = {}) {
  const input = el("input", { type: "date", autocomplete: "off", ...attributes });
  const said = el("output", { class: "hint day-said" });
  const speak = () => { said.value = input.value ? localeDay(shelf.lang, input.value) : ""; };
  const set = (next) => { input.value = next ?? ""; speak(); };
  set(value);
  input.addEventListener("change", () => { speak(); onChange(input.value || null); });
  return { input, said, set };
}
