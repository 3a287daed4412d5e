// @ts-check
// The causes as a tree: from each cause four times why, and an arm that shows who can move it.
import { alive, el, field, formOf, saveLine, say, textInput, typed, whenWords } from "./common.js";
import { lookup } from "./form.js";
import { recordList } from "./record_card.js";
import { keepingFocus, onShowRecord, pairOf, rove, showRecord } from "./picture.js";

/** Four lines in a chain instead of a list that grows; each answer is the next question. */
function whyControl(depths) {
  return (spec, value, onChange) => {
    const read = (list) => (list ?? []).map((one) => (one === "…" ? "" : one));
    let lines = read(value);
    const trimmed = () => {
      const last = lines.findLastIndex((one) => one.trim());
      return lines.slice(0, last + 1).map((one) => one || "…");
    };
    const inputs = [];
    const rows = [];
    const row = (index) => {
      const input = textInput(lines[index] ?? "", (text) => {
        lines[index] = text;
        for (let before = 0; before < index; before += 1) lines[before] ??= "";
        onChange(trimmed());
      });
      inputs.push(input);
      const name = depths[index]?.[1] ?? `${spec.label} ${index + 1}`;
      rows.push(el("li", {}, field(name, input)));
    };
    for (let index = 0; index < Math.max(depths.length, lines.length); index += 1) row(index);
    const list = el("ol", { class: "ct-whys" }, ...rows);
    const node = el("fieldset", { class: "picks" }, el("legend", {}, spec.label),
      spec.hint ? el("p", { class: "hint" }, spec.hint) : null, list);
    const set = (next) => {
      if (node.contains(document.activeElement)) return;
      lines = read(next);
      inputs.forEach((input, index) => { input.value = lines[index] ?? ""; });
    };
    return { spec, node, set, focus: () => inputs[0].focus() };
  };
}

/** An arm over four fields: as far as it is filled, somebody can move this cause. */
function arm(branch, reaches) {
  const words = reaches[branch.reach][1];
  const cells = reaches.map((_, index) => el("span", { class: index <= branch.reach ? "ct-cell on" : "ct-cell" },
    index === branch.reach ? el("span", { class: "ct-hand" }) : null));
  const beyond = branch.reach === reaches.length - 1;
  return el("span", { class: beyond ? "ct-reach beyond" : "ct-reach" },
    el("span", { class: "ct-arm", "aria-hidden": "true" }, ...cells), el("span", { class: "ct-who" }, words));
}

function branchOf(branch, view) {
  const shown = branch.why.slice(0, branch.why.findLastIndex(Boolean) + 2);
  const whys = shown.map((why, index) => {
    const depth = el("span", { class: "ct-depth" }, view.depths[index]?.[1] ?? "");
    return el("li", { class: why ? "ct-why" : "ct-why open" }, depth,
      why ? typed(why) : el("span", {}, say("part.cause_tree.why")));
  });
  return el("li", { class: "ct-branch" },
    el("button", { type: "button", class: "ct-driver", "data-stop": branch.id, tabindex: "-1", onclick: () => showRecord(branch.id) },
      el("span", { class: branch.unsure ? "pic-number unsure" : "pic-number" }, String(branch.number)),
      el("span", { class: "ct-name" }, branch.cause)),
    branch.here ? el("p", { class: "ct-here" }, typed(branch.here)) : null,
    arm(branch, view.reaches), el("ol", { class: "ct-chain" }, ...whys));
}

function render({ model, el: element }) {
  const line = saveLine(model);
  const rtl = model.get("direction") === "rtl";
  const view = () => model.get("view");
  let stopDrawing = () => {};
  whenWords(model, () => {
    const decorate = (box, record) => {
      const branch = view().branches.find((one) => one.id === record.id);
      box.replaceChildren(...(branch ? [el("span", { class: "tag" }, view().reaches[branch.reach][1])] : []));
    };
    const list = recordList("driver", { line, refs: lookup(view), decorate, controls: { whys: whyControl(view().depths) } });
    const tree = el("ol", { class: "ct-tree", "aria-label": say("part.cause_tree.label") });
    const root = el("p", { class: "ct-root" }, say("part.cause_tree.root"));
    const spoken = el("p", { role: "status", class: "hint pic-said" });
    const refresh = rove(tree, { inLine: true, rtl, onReach: (stop) => {
      const branch = view().branches.find((one) => one.id === stop.dataset.stop);
      if (!branch) return;
      const asked = branch.why.filter(Boolean).length;
      spoken.replaceChildren(`${branch.number}. ${branch.cause} · ${view().reaches[branch.reach][1]} · `,
        say("part.cause_tree.asked", { number: asked }), branch.unsure ? ` · ${say("part.cause_tree.unsure")}` : "");
    } });
    const picture = el("div", { class: "pic-box" }, el("h2", {}, say("part.cause_tree.title")),
      el("p", { class: "hint" }, say("part.cause_tree.lead")), root, tree, spoken);
    element.append(pairOf(el("div", {}, el("h2", {}, formOf("driver").many), list.node), picture));
    const stopShowing = onShowRecord([list]);
    const stop = alive(model, element, line, () => {
      list.draw(view().records);
      keepingFocus(tree, () => tree.replaceChildren(...view().branches.map((one) => branchOf(one, view()))));
      tree.hidden = !view().branches.length;
      refresh();
    });
    stopDrawing = () => {
      stopShowing();
      stop();
    };
  });
  return () => stopDrawing();
}

export default { render };
