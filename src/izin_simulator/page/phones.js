// Draws the phones and asks once a second whether anything changed. Every text is set as text, never as markup.
const $ = (id) => document.getElementById(id);
const EVERY_MS = 1000;
const TICKS = { accepted: "🕓", sent: "✓", delivered: "✓✓", read: "✓✓ read", failed: "not delivered" };

let open = null; // { person, number }
let seen = "";
let numbers = {};

function make(tag, text, className) {
  const element = document.createElement(tag);
  element.textContent = text ?? "";
  if (className) element.className = className;
  return element;
}

async function ask(path, body) {
  const answer = await fetch(path, body && { method: "POST", body: JSON.stringify(body) });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.error || `HTTP ${answer.status}`);
  return said;
}

async function act(deed) {
  $("error").textContent = "";
  try {
    await ask("control/say", { from: open.person, to_phone_number_id: open.number, ...deed });
  } catch (error) {
    $("error").textContent = `That did not work: ${error.message}`;
  }
  refresh(true);
}

function card(phone) {
  const item = document.createElement("li");
  const button = make("button");
  button.type = "button";
  button.dataset.key = `${phone.person} ${phone.phone_number_id}`;
  button.setAttribute("aria-current", String(isOpen(phone)));
  button.append(make("span", phone.username ? `@${phone.username} · ${phone.person}` : phone.person));
  const marks = [phone.blocked && "blocked", phone.stopped && "offers stopped"].filter(Boolean);
  button.append(make("small", [...marks, phone.last].join(" · ")));
  button.addEventListener("click", () => show(phone.person, phone.phone_number_id));
  item.append(button);
  return item;
}

function isOpen(phone) {
  return open !== null && phone.person === open.person && phone.phone_number_id === open.number;
}

function bubble(message) {
  const item = make("li", "", `bubble${message.mine ? " mine" : ""}${message.quiet ? " quiet" : ""}`);
  if (message.header) item.append(make("strong", message.header));
  const words = make("span", message.text);
  words.dir = "auto";
  item.append(words);
  if (message.footer) item.append(make("em", message.footer));
  const time = new Date(message.at * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const state = message.held ? "held" : TICKS[message.status];
  item.append(make("small", message.mine ? time : `${time} ${state ?? ""}`, message.status));
  for (const choice of message.buttons ?? []) item.append(pressable(choice, message));
  return item;
}

function pressable(choice, message) {
  const button = make("button", choice.text || choice.kind.replaceAll("_", " "));
  button.type = "button";
  button.dataset.key = `${message.wamid} ${choice.id ?? choice.text}`;
  const answers = { answers: message.wamid };
  if (choice.kind === "quick_reply") {
    const payload = choice.payload ? { button_payload: choice.payload } : {};
    button.addEventListener("click", () => act({ button_text: choice.text, ...payload, ...answers }));
  } else if (choice.kind === "button_reply" || choice.kind === "list_reply") {
    const chosen = { type: choice.kind, id: choice.id, title: choice.text };
    button.addEventListener("click", () => act({ interactive: chosen, ...answers }));
  } else {
    button.disabled = true;
  }
  return button;
}

function draw(shown) {
  const focused = document.activeElement?.dataset.key;
  paint(shown);
  if (focused) document.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function paint(shown) {
  numbers = shown.numbers;
  $("phones").replaceChildren(...shown.phones.map(card));
  $("none").hidden = shown.phones.length > 0;
  $("phone").hidden = open === null;
  document.querySelector("main").classList.toggle("open", open !== null);
  if (open === null) return;
  const mine = shown.phones.find(isOpen);
  $("name").textContent = mine?.username ? `@${mine.username}` : open.person;
  $("about").textContent = [open.person, numbers[open.number] && `writes with ${numbers[open.number]}`]
    .filter(Boolean)
    .join(" · ");
  toggle("block", mine?.blocked ? ["Unblock", { block: false }] : ["Block", { block: true }]);
  const offers = mine?.stopped ? ["Resume offers", "resume"] : ["Stop offers", "stop"];
  toggle("offers", [offers[0], { user_preferences: offers[1] }]);
  const list = $("bubbles");
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  list.replaceChildren(...(shown.conversation ?? []).map(bubble));
  if (atEnd) list.scrollTop = list.scrollHeight;
}

function toggle(id, [text, deed]) {
  $(id).textContent = text;
  $(id).dataset.say = JSON.stringify(deed);
}

async function refresh(anew = false) {
  if (anew) seen = "";
  const query = new URLSearchParams({ after: seen, search: $("search").value.replace(/[^0-9]/g, "") });
  if (open) {
    query.set("person", open.person);
    query.set("number", open.number);
  }
  try {
    const [shown, state] = await Promise.all([ask(`control/phones?${query}`), ask("control/state")]);
    if (shown.phones) {
      seen = String(shown.changes);
      draw(shown);
    }
    const { accepted, rejected, replies, webhooks_pending: waiting } = state;
    $("counts").textContent = `${accepted} accepted · ${rejected} refused · ${replies} replies · ${waiting} webhooks to come`;
  } catch {
    $("counts").textContent = "The simulator does not answer.";
  }
}

function show(person, number) {
  open = { person, number };
  refresh(true);
}

function close() {
  open = null;
  refresh(true);
}

$("reply").addEventListener("submit", (event) => {
  event.preventDefault();
  act({ text: $("words").value });
  $("words").value = "";
});
$("first").addEventListener("submit", (event) => {
  event.preventDefault();
  const digits = $("first-number").value.replace(/[^0-9]/g, "");
  if (digits) show(`+${digits}`, Object.keys(numbers)[0]);
});
document.querySelector(".deeds").addEventListener("click", (event) => {
  const deed = event.target.dataset.say;
  if (deed) act(JSON.parse(deed));
});
$("back").addEventListener("click", close);
$("search").addEventListener("input", () => refresh(true));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && open) close();
});

await refresh(true);
setInterval(() => document.hidden || refresh(), EVERY_MS);
