// Small comforts. Every page works without this file.
"use strict";

// A form leaves once: its button shows that it is busy, and a second press does nothing. A form that answers with a
// file keeps the page, so it says data-download and stays usable.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.hasAttribute("data-download")) return;
  if (form.dataset.leaving) {
    event.preventDefault();
    return;
  }
  form.dataset.leaving = "1";
  if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
});

// Coming back with the browser's own button must not find a dead form.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-leaving]")) delete form.dataset.leaving;
  for (const button of document.querySelectorAll(".button[aria-busy=true]:not([data-busy])")) button.removeAttribute("aria-busy");
});

document.addEventListener("click", (event) => {
  const close = event.target.closest("[data-close]");
  if (close) close.closest(".alert").remove();

  const copy = event.target.closest("[data-copy]");
  if (copy && navigator.clipboard) {
    const code = copy.closest(".code").querySelector("code");
    navigator.clipboard.writeText(code.textContent.trim()).then(() => {
      copy.setAttribute("aria-label", copy.dataset.copied);
      copy.querySelector("use").setAttribute("href", copy.dataset.copiedIcon);
    });
  }

  if (event.target.closest("[data-print]")) window.print();

  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// The whole zone takes a dropped file, not only the control inside it.
for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const zone = event.target instanceof Element && event.target.closest(".drop");
    if (!zone) return;
    event.preventDefault();
    zone.toggleAttribute("data-over", kind === "dragover");
    if (kind !== "drop" || !event.dataTransfer.files.length) return;
    const input = zone.querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// Controls that only work with this file are hidden until it runs.
for (const control of document.querySelectorAll("[data-needs-script]")) control.hidden = false;
document.addEventListener("htmx:load", (event) => {
  for (const control of event.target.querySelectorAll("[data-needs-script]")) control.hidden = false;
});
