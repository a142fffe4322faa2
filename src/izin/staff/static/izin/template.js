// Counts the characters of each limited text as it is typed. The page works without this file; the server counts again.
"use strict";

for (const field of document.querySelectorAll("[data-limit]")) {
  const limit = Number(field.dataset.limit);
  const count = document.createElement("p");
  count.className = "count";
  field.insertAdjacentElement("afterend", count);
  const show = () => {
    const length = [...field.value.trim()].length;
    count.textContent = `${length} / ${limit}`;
    count.toggleAttribute("data-over", length > limit);
    count.hidden = limit > 1100;
  };
  field.addEventListener("input", show);
  show();
}
