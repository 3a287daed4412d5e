// @ts-check
// Finds a word while somebody types; nothing leaves the page.
"use strict";
{
  const field = /** @type {HTMLInputElement} */ (document.getElementById("am-find"));
  const none = document.getElementById("am-none");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  field.addEventListener("input", () => {
    const wanted = plain(field.value.trim());
    let found = 0;
    for (const term of document.querySelectorAll(".am-term")) {
      const isHit = plain(term.textContent ?? "").includes(wanted);
      term.toggleAttribute("hidden", !isHit);
      found += isHit ? 1 : 0;
    }
    none?.toggleAttribute("hidden", found > 0);
  });
}
