// @ts-check
// What the keeper refused, or what somebody else wrote at the same time, where it was typed.
import { el, formOf, options, say, shelf, typed } from "./common.js";

/** A value as a person reads it: the words of a choice, not its id. */
function inWords(kind, name, value) {
  const spec = formOf(kind)?.fields.find((one) => one.name === name);
  const one = (item) => {
    if (item === null || item === undefined || item === "") return "—";
    if (typeof item === "boolean") return say(item ? "part.form.yes" : "part.form.no");
    if (typeof item === "object") return Object.values(item).filter((inner) => inner !== null && inner !== "").join(", ");
    return (spec?.options ?? options(spec?.vocabulary)).find(([id]) => id === item)?.[1] ?? String(item);
  };
  const words = Array.isArray(value) ? value.map(one).join(", ") : one(value);
  return spec ? `${spec.label}: ${words}` : words;
}

/** What was typed here and is not known to be saved, as a person reads it, one line a field. */
shelf.unsaved = () => {
  const saves = [...shelf.drafts].map((own) => ({ kind: own.kind, fields: own.dirty }));
  for (const { kind, fields, items } of shelf.waiting) saves.push(...(items ?? [{ kind, fields }]));
  return saves.flatMap(({ kind, fields }) =>
    Object.entries(fields ?? {}).map(([name, value]) => inWords(kind, name, value)));
};

/** Say what the keeper refused or what somebody else wrote, right where it was typed. */
export function notice(box, answer, fields, own) {
  box.replaceChildren();
  box.hidden = answer.type === "ack";
  if (answer.type === "refused") box.append(el("p", {}, answer.text));
  if (answer.type !== "conflict") return;
  const names = Object.keys(answer.theirs ?? {});
  const version = (key, values) => el("p", {}, say(key), " ",
    typed(names.map((name) => inWords(own.kind, name, values[name])).join(" · ")));
  const choose = (key, chosen) => el("button", { type: "button", onclick: () => {
    notice(box, { type: "ack" }, {}, own);
    if (!chosen) own.reset?.(answer.theirs);
    own.decide(chosen);
  } }, say(key));
  box.append(el("p", {}, answer.text), version("ui.save.mine", fields), version("ui.save.theirs", answer.theirs ?? {}),
    choose("ui.save.use_mine", fields), " ", choose("ui.save.keep_theirs", null));
}
