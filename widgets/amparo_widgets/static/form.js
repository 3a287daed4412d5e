// @ts-check
// The controls of a form, from what Python says of each field. Used by every part that edits.
import { el, field, newId, options, say, select, shelf, textInput } from "./common.js";
import { dayInput } from "./day_input.js";
import { speakField } from "./dress.js";
import { scalePicture } from "./icons.js";
import { veiledText } from "./veil.js";

const FEW = 5;
const MANY = 12;

/** What a form field may point at: kind -> [[id, label], …]. Parts put their view's refs here. */
export function lookup(view) {
  return (kind) => view()?.refs?.[kind] ?? [];
}

/**
 * Make the control of one field.
 * Returns {node, set(value), focus(), spec}; *onChange* gets the new value of the whole field.
 */
export function control(spec, value, onChange, refs) {
  const made = MAKERS[spec.many ? "many" : spec.control](spec, value, onChange, refs);
  made.node.classList.add("am-field");
  made.node.dataset.field = spec.name;
  if (!spec.silent) speakField(made.node, () => spokenOf(spec));
  return { spec, ...made };
}

/** What a field may say aloud: words of ours, never a value or the name of a record. */
function spokenOf(spec) {
  const choices = spec.control === "choice" || spec.control === "scale" ? choicesOf(spec) : [];
  return [spec.label, spec.hint, ...(choices.length > FEW ? [] : choices.map(([, label]) => label))];
}

/** What a step of a scale looks like: how we are, how bad, or how likely. */
function pictureOf(spec) {
  if (spec.control === "range") return spec.name === "impact" ? "stone" : "dots";
  if (/mood|feel|how_are/.test(spec.name)) return "face";
  return spec.options?.length === 5 && spec.options[0][0] === 1 && !/impact|score|severity/.test(spec.name) ? "dots" : "stone";
}

/** The choices of a field: its own, or those of its vocabulary. */
export function choicesOf(spec) {
  return spec.options ?? options(spec.vocabulary);
}

function typing(node) {
  return node.contains(document.activeElement);
}

function labelled(spec, input, set) {
  return {
    node: field(spec.label, input, spec.hint),
    set: (next) => { if (document.activeElement !== input) set(next); },
    focus: () => input.focus(),
  };
}

function lineControl(spec, value, onChange) {
  const input = textInput(value, onChange, { maxlength: String(spec.at_most ?? 300) });
  return labelled(spec, input, (next) => { input.value = next ?? ""; });
}

function textControl(spec, value, onChange) {
  const area = el("textarea", {
    rows: "3", maxlength: String(spec.at_most ?? 5000), autocomplete: "off", spellcheck: "false", dir: "auto",
    placeholder: " ",
  });
  area.value = value ?? "";
  area.addEventListener("input", () => onChange(area.value));
  return labelled(spec, area, (next) => { area.value = next ?? ""; });
}

function upper(text) {
  return text.toUpperCase().replace(/[^A-Z]/g, "").slice(0, 2);
}

function letterControl(spec, value, onChange) {
  const input = textInput(value, (typedText) => {
    const letter = upper(typedText);
    if (input.value !== letter) input.value = letter;
    onChange(letter || null);
  }, { maxlength: "2", class: "short", dir: "ltr", autocapitalize: "characters" });
  return labelled(spec, input, (next) => { input.value = next ?? ""; });
}

function dateControl(spec, value, onChange) {
  const day = dayInput(value, onChange);
  const made = labelled(spec, day.input, day.set);
  day.input.after(day.said);
  return made;
}

function numberControl(spec, value, onChange) {
  const input = el("input", { type: "number", min: "0", max: "9999", step: "1", inputmode: "numeric", class: "short" });
  input.value = value ?? "";
  input.addEventListener("input", () => {
    const number = Number.parseInt(input.value, 10);
    if (Number.isInteger(number) && number >= 0) onChange(number);
  });
  return labelled(spec, input, (next) => { input.value = next ?? ""; });
}

function flagControl(spec, value, onChange) {
  if (spec.start === null && !spec.needed) {
    const pairs = [["", "—"], ["true", say("part.form.yes")], ["false", say("part.form.no")]];
    const asText = (one) => (one === null || one === undefined ? "" : String(one));
    const box = select(pairs, asText(value), (next) => onChange(next === "" ? null : next === "true"));
    return labelled(spec, box, (next) => { box.value = asText(next); });
  }
  const box = el("input", { type: "checkbox" });
  box.checked = Boolean(value);
  box.addEventListener("change", () => onChange(box.checked));
  return labelled(spec, box, (next) => { box.checked = Boolean(next); });
}

function groupedSelect(spec, pairs, value) {
  const box = el("select", {});
  if (!spec.needed || value == null) box.append(el("option", { value: "" }, "—"));
  if (spec.vocabulary === "threat_types") {
    for (const [category, label] of options("threat_categories")) {
      const group = el("optgroup", { label });
      for (const [id, name] of pairs) {
        if (shelf.groups[id] === category) group.append(el("option", { value: id }, name));
      }
      box.append(group);
    }
  } else {
    pairs.forEach(([id, label], index) => {
      const one = el("option", { value: String(id) }, label);
      box.append(spec.control === "record" ? veiledText(one, label, `${index + 1} `) : one);
    });
  }
  box.value = value == null ? "" : String(value);
  return box;
}

function original(pairs, text) {
  const found = pairs.find(([id]) => String(id) === text);
  return found ? found[0] : null;
}

function choiceControl(spec, value, onChange) {
  const pairs = choicesOf(spec);
  if (pairs.length > FEW) {
    const box = groupedSelect(spec, pairs, value);
    box.addEventListener("change", () => onChange(original(pairs, box.value)));
    return labelled(spec, box, (next) => { box.value = next == null ? "" : String(next); });
  }
  return radios(spec, pairs, value, onChange);
}

function radios(spec, pairs, value, onChange, picture = null) {
  const group = `r${newId()}`;
  const boxes = pairs.map(([id, label]) => {
    const box = el("input", { type: "radio", name: group, value: String(id) });
    box.checked = id === value;
    box.addEventListener("change", () => onChange(id));
    return el("label", { class: "pick" }, box, picture ? scalePicture(picture, id) : null, el("span", {}, label));
  });
  const node = el("fieldset", { class: "picks" }, el("legend", {}, spec.label),
    spec.hint ? el("p", { class: "hint" }, spec.hint) : null, el("div", { class: "pick-row" }, ...boxes));
  const inputs = boxes.map((label) => label.firstChild);
  const set = (next) => {
    if (!typing(node)) inputs.forEach((box, index) => { box.checked = pairs[index][0] === next; });
  };
  return { node, set, focus: () => (inputs.find((box) => box.checked) ?? inputs[0])?.focus() };
}

function scaleControl(spec, value, onChange) {
  const pairs = spec.options.map(([number, label]) => [number, `${number} · ${label}`]);
  // A step below nothing (somebody against us) has no size that could be drawn.
  return radios(spec, pairs, value, onChange, pairs[0]?.[0] < 0 ? null : pictureOf(spec));
}

/** Three steps of one judgement: the best guess, at least, at most; value {low, best, high}. */
function rangeControl(spec, value, onChange) {
  let range = value ? { ...value } : null;
  const steps = [1, 2, 3, 4, 5].map((number) => [number, `${number} · ${say(`scale.${spec.name}.${number}`)}`]);
  const take = (next) => {
    range = next;
    show();
    onChange({ ...range });
  };
  const best = radios({ ...spec, label: spec.label }, steps, range?.best ?? null, (number) =>
    take({ low: Math.min(range?.low ?? number, number), best: number, high: Math.max(range?.high ?? number, number) }), pictureOf(spec));
  const low = select([], "", (text) => take({ ...range, low: Number(text) }));
  const high = select([], "", (text) => take({ ...range, high: Number(text) }));
  const between = el("div", { class: "between" },
    field(say("ui.scale.at_least"), low), field(say("ui.scale.at_most"), high));
  const fill = (box, from, to, chosen) => {
    box.replaceChildren(...steps.filter(([number]) => number >= from && number <= to)
      .map(([number, label]) => el("option", { value: String(number) }, label)));
    box.value = String(chosen);
  };
  const show = () => {
    between.hidden = !range;
    if (!range) return;
    fill(low, 1, range.best, range.low);
    fill(high, range.best, 5, range.high);
  };
  show();
  const node = el("div", {}, best.node, between);
  const set = (next) => {
    if (typing(node)) return;
    range = next ? { ...next } : null;
    best.set(range?.best ?? null);
    show();
  };
  return { node, set, focus: best.focus };
}

function recordControl(spec, value, onChange, refs) {
  const pairs = refs(spec.points_at);
  const box = groupedSelect(spec, pairs, value);
  box.addEventListener("change", () => onChange(box.value || null));
  return labelled(spec, box, (next) => {
    const fresh = groupedSelect(spec, refs(spec.points_at), next);
    box.replaceChildren(...fresh.childNodes);
    box.value = next ?? "";
  });
}

function groupControl(spec, value, onChange, refs) {
  const current = { ...(spec.start ?? {}), ...(value ?? {}) };
  const parts = spec.fields.map((inner) => control(inner, current[inner.name], (next) => {
    current[inner.name] = next;
    onChange({ ...current });
  }, refs));
  const node = el("fieldset", { class: "group" }, el("legend", {}, spec.label), ...parts.map((one) => one.node));
  const set = (next) => {
    if (typing(node)) return;
    Object.assign(current, next ?? {});
    for (const part of parts) part.set(current[part.spec.name]);
  };
  return { node, set, focus: () => parts[0]?.focus() };
}

/** A list of ticks; a long one is folded and says how many are ticked. */
function ticksControl(spec, pairs, value, onChange) {
  const chosen = new Set(value ?? []);
  const boxes = [];
  const count = el("span", { class: "count" });
  const rows = pairs.map(([id, label]) => {
    const box = el("input", { type: "checkbox", value: String(id) });
    box.checked = chosen.has(id);
    box.addEventListener("change", () => {
      if (box.checked) chosen.add(id);
      else chosen.delete(id);
      show();
      onChange(pairs.map(([one]) => one).filter((one) => chosen.has(one)));
    });
    boxes.push(box);
    return el("label", { class: "pick" }, box, el("span", { dir: "auto", class: spec.control === "record" ? "am-words" : false }, label));
  });
  const show = () => {
    count.textContent = chosen.size ? ` (${chosen.size})` : "";
    boxes.forEach((box, index) => { box.checked = chosen.has(pairs[index][0]); });
  };
  show();
  const row = el("div", { class: "pick-row" }, ...rows);
  const hint = spec.hint ? el("p", { class: "hint" }, spec.hint) : null;
  const node = pairs.length > MANY
    ? el("details", { class: "picks" }, el("summary", {}, spec.label, count), hint, row)
    : el("fieldset", { class: "picks" }, el("legend", {}, spec.label, count), hint, row);
  const set = (next) => {
    if (typing(node)) return;
    chosen.clear();
    for (const id of next ?? []) chosen.add(id);
    show();
  };
  return { node, set, focus: () => (node.querySelector("summary") ?? boxes[0])?.focus() };
}

/** Words or letters in one line, parted by commas or blanks. */
function wordsControl(spec, value, onChange) {
  const isLetter = spec.control === "letter";
  const parse = (text) => (isLetter
    ? text.toUpperCase().split(/[^A-Z]+/).filter((one) => one.length > 0 && one.length < 3)
    : text.split(/[,،;]/).map((one) => one.trim()).filter(Boolean));
  const shown = (list) => (list ?? []).join(isLetter ? " " : ", ");
  const input = textInput(shown(value), (text) => onChange([...new Set(parse(text))]), isLetter ? { dir: "ltr" } : {});
  // What was not taken does not stay standing as if it were saved.
  input.addEventListener("change", () => { input.value = shown(parse(input.value)); });
  const hint = [spec.hint, say(isLetter ? "part.form.letters" : "part.form.commas")].filter(Boolean).join(" ");
  return {
    node: field(spec.label, input, hint),
    set: (next) => { if (document.activeElement !== input) input.value = shown(next); },
    focus: () => input.focus(),
  };
}

/** A list that grows: lines of text, or small groups of fields. */
function growingControl(spec, value, onChange, refs) {
  const items = [...(value ?? [])];
  const rows = el("div", { class: "rows" });
  // What bounds the list does not bound the length of one line.
  const single = { ...spec, many: false, hint: null, at_most: null };
  const say1 = (index) => `${spec.label} ${index + 1}`;
  const emit = () => onChange(items.filter((one) => one !== ""));
  const add = el("button", { type: "button", class: "quiet", onclick: () => {
    items.push(spec.control === "group" ? { ...startOf(spec) } : "");
    draw();
    rows.lastElementChild?.querySelector("input, textarea, select")?.focus();
  } }, say("part.form.one_more"));
  const row = (item, index) => {
    const inner = control({ ...single, label: say1(index) }, item, (next) => {
      items[index] = next;
      emit();
    }, refs);
    const remove = el("button", { type: "button", class: "quiet small", "aria-label": `${say("ui.remove")}: ${say1(index)}`,
      onclick: () => {
        items.splice(index, 1);
        draw();
        emit();
        (rows.children[Math.min(index, rows.children.length - 1)]?.querySelector("input, textarea, select") ?? add).focus();
      } }, "×");
    return el("div", { class: "row" }, inner.node, remove);
  };
  const draw = () => {
    rows.replaceChildren(...items.map(row));
    add.disabled = spec.at_most != null && items.length >= spec.at_most;
  };
  draw();
  const node = el("fieldset", { class: "picks" }, el("legend", {}, spec.label),
    spec.hint ? el("p", { class: "hint" }, spec.hint) : null, rows, add);
  const set = (next) => {
    if (typing(node) || JSON.stringify(next ?? []) === JSON.stringify(items)) return;
    items.splice(0, items.length, ...(next ?? []));
    draw();
  };
  return { node, set, focus: () => (rows.querySelector("input, textarea, select") ?? add).focus() };
}

function startOf(spec) {
  return Object.fromEntries((spec.fields ?? []).map((inner) => [inner.name, inner.start ?? (inner.many ? [] : null)]));
}

function manyControl(spec, value, onChange, refs) {
  if (spec.control === "choice" || spec.control === "scale") return ticksControl(spec, choicesOf(spec), value, onChange);
  if (spec.control === "record") return ticksRecords(spec, value, onChange, refs);
  if (spec.control === "word" || spec.control === "letter") return wordsControl(spec, value, onChange);
  return growingControl(spec, value, onChange, refs);
}

/** Ticks for records; they are made anew when other records came or went. */
function ticksRecords(spec, value, onChange, refs) {
  const holder = el("div", {});
  let known = "";
  let inner = null;
  const set = (next) => {
    const pairs = refs(spec.points_at);
    const now = JSON.stringify(pairs);
    if (now !== known && !typing(holder)) {
      known = now;
      inner = ticksControl(spec, pairs, next, onChange);
      holder.replaceChildren(pairs.length ? inner.node
        : field(spec.label, el("output", {}, say("part.form.none_yet")), spec.hint));
    } else inner?.set(next);
  };
  set(value);
  return { node: holder, set, focus: () => inner?.focus() };
}

const MAKERS = {
  word: lineControl, line: lineControl, text: textControl, letter: letterControl, date: dateControl,
  number: numberControl, flag: flagControl, choice: choiceControl, scale: scaleControl, range: rangeControl,
  record: recordControl, item: choiceControl, group: groupControl, many: manyControl,
};
