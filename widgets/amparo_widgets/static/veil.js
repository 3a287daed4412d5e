// @ts-check
// "Hide details" for what a style cannot hide: choices of a list, names that only a reader hears.
// Whoever puts typed words into such a place hands them over here.

const HIDDEN = "•••";
/** @type {{node: WeakRef<Element>, put: (node: Element) => void}[]} */
let held = [];

function isVeiled() {
  return document.documentElement.classList.contains("am-veiled");
}

function hold(node, put) {
  held.push({ node: new WeakRef(node), put });
  put(node);
  return node;
}

/** Typed words as the text of *node* (a choice of a list); *mark* stands before the dots. */
export function veiledText(node, words, mark = "") {
  return hold(node, (one) => { one.textContent = isVeiled() ? `${mark}${HIDDEN}` : words; });
}

/** Typed words in an attribute (`aria-label`, `title`); *mark* is ours and stays. */
export function veiledName(node, attribute, words, mark = "") {
  return hold(node, (one) => one.setAttribute(attribute, isVeiled() ? `${mark}${HIDDEN}` : `${mark}${words}`));
}

new MutationObserver(() => {
  held = held.filter((one) => one.node.deref());
  for (const { node, put } of held) {
    const one = node.deref();
    if (one) put(one);
  }
}).observe(document.documentElement, { attributes: true, attributeFilter: ["class"] });
