// @ts-check
// Simple line drawings beside words, for people who read little. Always with the word, never alone.
import { svg } from "./common.js";

const DOTS = 5;
// 24 x 24, drawn with a line; stage_1 to stage_8 and the main actions.
const ICONS = {
  stage_1: "M5 20v-9l7-6 7 6v9zM10 20v-5h4v5", // a house: who we are
  stage_2: "M4 12a8 8 0 1 0 16 0a8 8 0 1 0-16 0M12 7v5l3 3", // time around us
  stage_3: "M5 8a3 3 0 1 0 6 0a3 3 0 1 0-6 0M3 19c0-4 3-6 5-6s5 2 5 6M14 9a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0M16 13c3 0 5 2 5 5",
  stage_4: "M12 20C6 16 4 12 4 9a4 4 0 0 1 8-1a4 4 0 0 1 8 1c0 3-2 7-8 11z", // what is dear to us
  stage_5: "M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7", // what was written down
  stage_6: "M12 4L21 20H3zM12 10v5M12 17.5v.5", // take care
  stage_7: "M4 7l2 2 3-4M12 7h8M4 15l2 2 3-4M12 15h8", // what we will do
  stage_8: "M3 12l5-5 4 3 4-3 5 5M7 11l5 6 5-6", // hands that help
  add: "M12 5v14M5 12h14",
  next: "M5 12h13M13 6l6 6-6 6",
  back: "M19 12H6M11 6l-6 6 6 6",
  done: "M5 13l4 4 10-11",
  remove: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
  print: "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
  undo: "M9 6L5 10l4 4M5 10h9a5 5 0 0 1 0 10h-3",
  redo: "M15 6l4 4-4 4M19 10h-9a5 5 0 0 0 0 10h3",
  speak: "M4 9v6h4l5 4V5L8 9zM16 9a4 4 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11",
};
// What points onward points the other way where one reads from the right.
const MIRRORED = new Set(["next", "back", "undo", "redo", "speak"]);

/** One drawing; it says nothing to a screen reader, since its word stands beside it. */
export function icon(name) {
  return svg("svg", {
    viewBox: "0 0 24 24", class: MIRRORED.has(name) ? "am-icon mirrored" : "am-icon", "aria-hidden": "true", focusable: "false",
  }, svg("path", { d: ICONS[name] }));
}

/** Whether there is a drawing of this name. */
export function hasIcon(name) {
  return name in ICONS;
}

function faceOf(level) {
  const bend = 17 + (level - 3) * 2;
  return [svg("circle", { cx: 15, cy: 15, r: 12 }), svg("circle", { cx: 11, cy: 12, r: 1.2, class: "full" }),
    svg("circle", { cx: 19, cy: 12, r: 1.2, class: "full" }), svg("path", { d: `M9.5 ${36 - bend - 1}Q15 ${bend + 4} 20.5 ${36 - bend - 1}` })];
}

/** A stone that grows with each step: small to very big. */
function stoneOf(level) {
  return [svg("circle", { cx: 15, cy: 15, r: 2 + level * 2.4, class: level ? "full" : "" })];
}

/** So many of five dots are full. */
function dotsOf(level) {
  return Array.from({ length: DOTS }, (_, index) =>
    svg("circle", { cx: 6 + index * 12, cy: 15, r: 5, class: index < level ? "full" : "" }));
}

/**
 * A picture of one step of a scale, for the eye alone.
 *   kind: dots (how likely), stone (how big, how bad) or face (how we are).
 */
export function scalePicture(kind, level) {
  const drawn = { dots: dotsOf, stone: stoneOf, face: faceOf }[kind](level);
  return svg("svg", { viewBox: kind === "dots" ? "0 0 60 30" : "0 0 30 30", class: `scale-picture scale-${kind}`,
    "aria-hidden": "true", focusable: "false" }, ...drawn);
}
